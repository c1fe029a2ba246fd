@NullMarked
package dev.slipway.system;

import org.jspecify.annotations.NullMarked;
