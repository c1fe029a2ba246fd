/** Tests that give the quantizer models of others, and random ones: it never fails on any. */
@NullMarked
package dev.slipway.onnx.quantize.trust;

import org.jspecify.annotations.NullMarked;
