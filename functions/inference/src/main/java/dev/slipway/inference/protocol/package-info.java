/**
 * The Open Inference Protocol v2 over HTTP: routes, requests into tensors, tensors into replies.
 * Everything a client can get wrong is answered here, as an {@link
 * dev.slipway.inference.http.HttpProblem}.
 */
@NullMarked
package dev.slipway.inference.protocol;

import org.jspecify.annotations.NullMarked;
