@NullMarked
package dev.slipway.onnx.quantize;

import org.jspecify.annotations.NullMarked;
