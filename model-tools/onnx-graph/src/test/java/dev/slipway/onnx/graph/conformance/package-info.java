/** Runs models of others, with their inputs, on ONNX Runtime; the quantizer's tests use it too. */
@NullMarked
package dev.slipway.onnx.graph.conformance;

import org.jspecify.annotations.NullMarked;
