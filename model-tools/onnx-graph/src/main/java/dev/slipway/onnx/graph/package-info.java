@NullMarked
package dev.slipway.onnx.graph;

import org.jspecify.annotations.NullMarked;
