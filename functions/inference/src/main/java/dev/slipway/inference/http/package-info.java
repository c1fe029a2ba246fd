/**
 * HTTP as the API Gateway's REST proxy events carry it: {@link
 * dev.slipway.inference.http.ProxyEventReader} in, {@link
 * dev.slipway.inference.http.ProxyReplyWriter} out. Knows nothing of models.
 */
@NullMarked
package dev.slipway.inference.http;

import org.jspecify.annotations.NullMarked;
