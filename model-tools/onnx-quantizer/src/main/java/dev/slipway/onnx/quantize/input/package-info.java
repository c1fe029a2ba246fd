/**
 * Reads calibration data and labels from files, sample by sample: {@link
 * dev.slipway.onnx.quantize.input.CalibrationFiles} is the entry. Stands before the quantizer and
 * knows nothing of recipes.
 */
@NullMarked
package dev.slipway.onnx.quantize.input;

import org.jspecify.annotations.NullMarked;
