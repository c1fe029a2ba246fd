/**
 * Fits the preprocessing, writes it and the trained network as one ONNX graph, and checks that both
 * answer alike.
 */
@NullMarked
package dev.slipway.pipeline.export;

import org.jspecify.annotations.NullMarked;
