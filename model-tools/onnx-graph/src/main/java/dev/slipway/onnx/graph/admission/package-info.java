/**
 * Decides whether a model that came from outside may go near ONNX Runtime. Stands before everything
 * else that touches an uploaded {@code .onnx}; uses the graph library only, never the runtime.
 *
 * <p>Order: file, wire format (before anything is built in memory), then the parsed model. Every
 * refusal has a code and a reason; all reasons found are reported at once.
 */
@NullMarked
package dev.slipway.onnx.graph.admission;

import org.jspecify.annotations.NullMarked;
