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
import java.util.Optional;

/**
 * Stores tables that a Gather reads rows of (embeddings) as signed bytes with one scale per row: y
 * = Gather(q, i) · Gather(s, i). Only the rows read are turned into floats.
 */
final class EmbeddingTables implements StoredOperator {
  /** Below this many numbers the nodes cost more than the bytes save. */
  private static final int LEAST = 1024;

  private final GraphEditor graph;
  private final Map<String, List<String>> stored = new HashMap<>();

  EmbeddingTables(GraphEditor graph) {
    this.graph = graph;
  }

  @Override
  public boolean handles(Node node) {
    return table(node).isPresent();
  }

  private Optional<TensorProto> table(Node node) {
    return Optional.of(node)
        .filter(n -> n.is("Gather"))
        .flatMap(n -> n.input(0))
        .flatMap(graph::constant)
        .filter(t -> t.getDataType() == ElementType.FLOAT.number() && t.getDimsCount() == 2);
  }

  @Override
  public Optional<String> obstacle(Node node) {
    TensorProto table = table(node).orElseThrow();
    if (node.intAttribute("axis", 0) != 0) {
      return Optional.of("it does not gather rows");
    }
    if (TensorReader.count(table) < LEAST) {
      return Optional.of("its table has fewer than %d numbers".formatted(LEAST));
    }
    for (float value : TensorReader.floats(table)) {
      if (!Float.isFinite(value)) {
        return Optional.of("its weights are not finite");
      }
    }
    return Optional.empty();
  }

  @Override
  public String quantize(Node node) {
    TensorProto table = table(node).orElseThrow();
    List<String> bytesAndScales = stored.computeIfAbsent(table.getName(), _ -> store(table));
    String rows = node.inputs().get(1);
    String stem = node.output();
    String bytes = graph.freshName(stem + "_bytes");
    String scales = graph.freshName(stem + "_scales");
    String floats = graph.freshName(stem + "_float");
    graph.remove(node);
    graph.add("Gather", List.of(bytesAndScales.get(0), rows), List.of(bytes));
    graph.add("Gather", List.of(bytesAndScales.get(1), rows), List.of(scales));
    graph.add(
        Domains.STANDARD,
        "Cast",
        List.of(bytes),
        List.of(floats),
        List.of(Attributes.of("to", ElementType.FLOAT.number())));
    graph.add("Mul", List.of(floats, scales), List.of(stem));
    return "rows stored in 8 bits, one scale per row";
  }

  private List<String> store(TensorProto table) {
    int rows = Math.toIntExact(table.getDims(0));
    int width = Math.toIntExact(table.getDims(1));
    float[] exact = TensorReader.floats(table);
    byte[] values = new byte[exact.length];
    float[] scales = new float[rows];
    WeightRounding rounding = new WeightRounding(false);
    byte[] rounded = new byte[width];
    for (int row = 0; row < rows; row++) {
      float[] weights = java.util.Arrays.copyOfRange(exact, row * width, (row + 1) * width);
      scales[row] = rounding.round(weights, rounded, 0);
      System.arraycopy(rounded, 0, values, row * width, width);
    }
    String name = table.getName();
    return List.of(
        graph.putConstant(
            Tensors.int8(graph.freshName(name + "_bytes"), new long[] {rows, width}, values)),
        graph.putConstant(
            Tensors.floats(graph.freshName(name + "_scales"), new long[] {rows, 1}, scales)));
  }
}
