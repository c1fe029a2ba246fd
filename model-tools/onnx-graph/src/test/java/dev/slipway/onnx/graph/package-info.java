/** Tests of the ONNX graph library. */
@NullMarked
package dev.slipway.onnx.graph;

import org.jspecify.annotations.NullMarked;
