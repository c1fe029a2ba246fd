/** Tests of the bench's networks. */
@NullMarked
package dev.slipway.onnx.quantize.bench;

import org.jspecify.annotations.NullMarked;
