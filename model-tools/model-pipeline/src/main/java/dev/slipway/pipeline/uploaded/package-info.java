/**
 * Packages a finished {@code .onnx} model from outside: admission, a first run in a child process
 * with limits, golden requests, quantization that must agree, bundle.
 */
@NullMarked
package dev.slipway.pipeline.uploaded;

import org.jspecify.annotations.NullMarked;
