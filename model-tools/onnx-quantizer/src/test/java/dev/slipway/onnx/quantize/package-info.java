/** Tests of the quantizer: each recipe is run on ONNX Runtime against the float model. */
@NullMarked
package dev.slipway.onnx.quantize;

import org.jspecify.annotations.NullMarked;
