/**
 * Makes ONNX models smaller and faster: {@link Quantizer} applies a {@link Recipe} to a graph and
 * says for every layer what it did and why. Usable alone; knows nothing of Slipway but {@code
 * onnx-graph}.
 */
@NullMarked
package dev.slipway.onnx.quantize;

import org.jspecify.annotations.NullMarked;
