/**
 * Networks with seeded random weights in the shapes of well-known ones, and inputs for them: what
 * the quantizer's bench and tests run on.
 */
@NullMarked
package dev.slipway.onnx.quantize.bench;

import org.jspecify.annotations.NullMarked;
