/** Tests of the fallback. */
@NullMarked
package dev.slipway.fallback;

import org.jspecify.annotations.NullMarked;
