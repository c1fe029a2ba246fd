/**
 * Serves one model: {@link dev.slipway.inference.InferenceHandler} takes a gateway event ({@code
 * http}), answers it by the Open Inference Protocol v2 ({@code protocol}) with the model of {@code
 * model-runtime}, and counts it per version. Holds no AWS SDK and fetches nothing.
 */
@NullMarked
package dev.slipway.inference;

import org.jspecify.annotations.NullMarked;
