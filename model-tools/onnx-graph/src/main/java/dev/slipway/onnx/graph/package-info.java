/**
 * Reads, checks, edits and writes ONNX models. The exporter builds graphs here, the quantizer edits
 * them, packaging writes them. Depends on nothing of Slipway. ONNX Runtime is used only by {@link
 * dev.slipway.onnx.graph.RuntimeOptimizer} and by the trial of {@code admission}; all else is pure
 * Java on the generated classes of {@code dev.slipway.onnx.proto}.
 */
@NullMarked
package dev.slipway.onnx.graph;

import org.jspecify.annotations.NullMarked;
