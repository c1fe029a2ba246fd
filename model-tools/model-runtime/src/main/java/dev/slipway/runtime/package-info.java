/**
 * Opens a model with ONNX Runtime and predicts; evaluation and serving use this same code.
 *
 * <p>Sits on {@code model-bundle}. The only package of serving that touches ONNX Runtime's types,
 * none of which appear in its API. Loaded on the cold start of inference.
 */
@NullMarked
package dev.slipway.runtime;

import org.jspecify.annotations.NullMarked;
