package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.Domains;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphEditor;
import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.TensorReader;
import dev.slipway.onnx.graph.Tensors;
import dev.slipway.onnx.proto.TensorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stores weights in signed bytes, w ≈ s·q, for operators that ONNX Runtime computes in float: Cast
 * and Mul stand behind the bytes, and ONNX Runtime folds them when it loads the model (it never
 * folds DequantizeLinear). A quarter of the file, the speed of float.
 */
final class StoredWeights {
  private final GraphEditor graph;
  private final Map<String, String> stored = new HashMap<>();

  StoredWeights(GraphEditor graph) {
    this.graph = graph;
  }

  /**
   * Lets a node read its constant input {@code index} from bytes; {@return the node it is now}
   *
   * @param axes the axes of the constant along which each position has a scale of its own
   */
  Node apply(Node node, int index, int... axes) {
    String name = node.inputs().get(index);
    String back = stored.computeIfAbsent(name, _ -> store(name, axes));
    Node changed = new Node(node.proto().toBuilder().setInput(index, back).build());
    graph.replace(node, changed.proto());
    return changed;
  }

  private String store(String name, int[] axes) {
    TensorProto weights = graph.constant(name).orElseThrow();
    long[] shape = TensorReader.shape(weights);
    long[] scaleShape = new long[shape.length];
    java.util.Arrays.fill(scaleShape, 1);
    for (int axis : axes) {
      scaleShape[axis] = shape[axis];
    }
    float[] scales = new float[Math.toIntExact(Tensors.count(scaleShape))];
    byte[] values = round(TensorReader.floats(weights), shape, scaleShape, scales);
    String bytes = graph.putConstant(Tensors.int8(graph.freshName(name + "_bytes"), shape, values));
    String scale =
        graph.putConstant(Tensors.floats(graph.freshName(name + "_scales"), scaleShape, scales));
    String wide = graph.freshName(name + "_wide");
    String back = graph.freshName(name + "_float");
    graph.add(
        Domains.STANDARD,
        "Cast",
        List.of(bytes),
        List.of(wide),
        List.of(Attributes.of("to", ElementType.FLOAT.number())));
    graph.add("Mul", List.of(wide, scale), List.of(back));
    return back;
  }

  private static byte[] round(float[] exact, long[] shape, long[] scaleShape, float[] scales) {
    int[] rowOf = rowsOf(exact.length, shape, scaleShape);
    int length = exact.length / scales.length;
    float[][] rows = new float[scales.length][length];
    int[] filled = new int[scales.length];
    for (int i = 0; i < exact.length; i++) {
      rows[rowOf[i]][filled[rowOf[i]]++] = exact[i];
    }
    byte[][] rounded = new byte[scales.length][length];
    WeightRounding rounding = new WeightRounding(false);
    for (int row = 0; row < scales.length; row++) {
      scales[row] = rounding.round(rows[row], rounded[row], 0);
    }
    byte[] values = new byte[exact.length];
    java.util.Arrays.fill(filled, 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = rounded[rowOf[i]][filled[rowOf[i]]++];
    }
    return values;
  }

  /** {@return for each element the index of its scale} */
  private static int[] rowsOf(int count, long[] shape, long[] scaleShape) {
    int[] rows = new int[count];
    long inner = 1;
    long scaleInner = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      if (scaleShape[axis] > 1) {
        for (int i = 0; i < count; i++) {
          rows[i] += Math.toIntExact(i / inner % shape[axis] * scaleInner);
        }
      }
      inner *= shape[axis];
      scaleInner *= scaleShape[axis];
    }
    return rows;
  }
}
