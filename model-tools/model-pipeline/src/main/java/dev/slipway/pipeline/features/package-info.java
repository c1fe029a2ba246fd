/**
 * From typed rows to the numbers a network learns from. What is fitted here is exported into the
 * same ONNX graph as the network, so that training and serving cannot differ.
 */
@NullMarked
package dev.slipway.pipeline.features;

import org.jspecify.annotations.NullMarked;
