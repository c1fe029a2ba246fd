package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.Domains;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphEditor;
import dev.slipway.onnx.graph.TensorReader;
import dev.slipway.onnx.graph.Tensors;
import dev.slipway.onnx.proto.TensorProto;
import java.util.List;

/** Stores a constant as 16-bit floats with a Cast behind it, which ONNX Runtime folds at load. */
final class HalfStorage {
  /** The largest finite number of binary16 (IEEE 754). */
  private static final float LARGEST = 65504;

  private final GraphEditor graph;

  HalfStorage(GraphEditor graph) {
    this.graph = graph;
  }

  static boolean fits(TensorProto weights) {
    for (float weight : TensorReader.floats(weights)) {
      if (!(Math.abs(weight) <= LARGEST)) {
        return false;
      }
    }
    return true;
  }

  void apply(TensorProto weights) {
    long[] shape = TensorReader.shape(weights);
    String half =
        graph.putConstant(
            Tensors.float16(
                graph.freshName(weights.getName() + "_half"), shape, TensorReader.floats(weights)));
    String wide = graph.freshName(weights.getName() + "_float");
    graph.replaceAll(node -> {
      var changed = node.toBuilder();
      for (int index = 0; index < node.getInputCount(); index++) {
        if (node.getInput(index).equals(weights.getName())) {
          changed.setInput(index, wide);
        }
      }
      return changed.build();
    });
    graph.add(
        Domains.STANDARD,
        "Cast",
        List.of(half),
        List.of(wide),
        List.of(Attributes.of("to", ElementType.FLOAT.number())));
  }
}
