/** Tries the quantizer's recipes on the exported model with training rows for calibration. */
@NullMarked
package dev.slipway.pipeline.quantize;

import org.jspecify.annotations.NullMarked;
