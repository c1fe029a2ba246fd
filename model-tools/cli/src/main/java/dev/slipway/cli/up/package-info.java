/** The steps of {@code slipway up}, in order, and the recipe that runs them. */
@NullMarked
package dev.slipway.cli.up;

import org.jspecify.annotations.NullMarked;
