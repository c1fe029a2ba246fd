/** Scores models on held-out rows, with intervals, and gives the gate's verdict. */
@NullMarked
package dev.slipway.pipeline.evaluate;

import org.jspecify.annotations.NullMarked;
