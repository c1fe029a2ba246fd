/**
 * Says what a quantization did: {@link dev.slipway.onnx.quantize.report.QuantizationReport} as data
 * for JSON and as one self-contained page. Stands behind the quantizer.
 */
@NullMarked
package dev.slipway.onnx.quantize.report;

import org.jspecify.annotations.NullMarked;
