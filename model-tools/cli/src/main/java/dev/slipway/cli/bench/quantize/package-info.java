/** The bench of the quantizer against onnxruntime.quantization, behind {@code bench quantize}. */
@NullMarked
package dev.slipway.cli.bench.quantize;

import org.jspecify.annotations.NullMarked;
