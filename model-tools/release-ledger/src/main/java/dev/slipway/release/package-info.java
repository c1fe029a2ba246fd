@NullMarked
package dev.slipway.release;

import org.jspecify.annotations.NullMarked;
