/**
 * Train, export, quantize, evaluate, pack: one package per step, and the recipes that put the steps
 * in order.
 *
 * <p>Sits between a checked dataset and a bundle in the registry. Uses {@code dataset}, {@code
 * model-spec}, {@code onnx-graph}, {@code onnx-quantizer}, {@code model-runtime} and {@code
 * model-bundle}; only the command line uses it.
 */
@NullMarked
package dev.slipway.pipeline;

import org.jspecify.annotations.NullMarked;
