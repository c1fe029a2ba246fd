@NullMarked
package dev.slipway.spec;

import org.jspecify.annotations.NullMarked;
