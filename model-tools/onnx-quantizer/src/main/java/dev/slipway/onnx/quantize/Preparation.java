package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.OnnxException;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.RuntimeOptimizer;

/**
 * Lets ONNX Runtime fold constants and batch norms before a convolutional model is quantized:
 * weights must be what the kernels will see. Models without convolutions stay as they are.
 */
final class Preparation {
  private Preparation() {}

  static OnnxModel prepare(OnnxModel model) {
    if (model.nodes().stream().noneMatch(Preparation::isConvolution)) {
      return model;
    }
    try {
      return RuntimeOptimizer.optimize(model, RuntimeOptimizer.Level.BASIC);
    } catch (OnnxException failure) {
      throw new QuantizeException(
          QuantizeException.Code.MODEL_DOES_NOT_LOAD,
          "ONNX Runtime cannot load the model, so it cannot be quantized: " + failure.getMessage(),
          failure);
    }
  }

  private static boolean isConvolution(Node node) {
    return node.is("Conv");
  }
}
