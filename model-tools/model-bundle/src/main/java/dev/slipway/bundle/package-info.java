@NullMarked
package dev.slipway.bundle;

import org.jspecify.annotations.NullMarked;
