@NullMarked
package dev.slipway.onnx.quantize.input;

import org.jspecify.annotations.NullMarked;
