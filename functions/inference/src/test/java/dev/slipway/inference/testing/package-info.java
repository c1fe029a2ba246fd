/** Calls the handler as Lambda does, without Lambda. */
@NullMarked
package dev.slipway.inference.testing;

import org.jspecify.annotations.NullMarked;
