package dev.slipway.system;

import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphBuilder;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.graph.Tensors;
import dev.slipway.onnx.proto.StringStringEntryProto;
import dev.slipway.onnx.proto.TensorProto;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finished models of the task "the sum of three numbers", right ones and wrong ones. */
final class UploadedFiles {
  static final String YAML =
      """
      name: scorer
      task: regression
      training: {trainer: onnx}
      """;

  /** Of the identity that ONNX gives to whole numbers. */
  private static final int INT64 = 7;

  private UploadedFiles() {}

  /**
   * {@return golden requests: two rows of small numbers, and the sum that the first one expects}
   */
  static byte[] golden(String firstSum) {
    return """
    {"formatVersion":1,"cases":[{"name":"small","tolerance":0.01,
     "request":{"inputs":[{"name":"x","datatype":"FP32","shape":[2,3],"data":[1,2,3,0,0.5,1]}]},
     "outputs":[{"name":"y","datatype":"FP32","shape":[2,1],"data":[%s,1.5]}]}]}
    """
        .formatted(firstSum)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** {@return a request whose numbers are larger than those of the golden requests} */
  static byte[] largeRequest() {
    return """
    {"inputs":[{"name":"x","datatype":"FP32","shape":[1,3],"data":[9,1,1]}]}
    """
        .getBytes(StandardCharsets.UTF_8);
  }

  /** {@return the sum, times {@code scale}} */
  static byte[] sum(float scale) {
    GraphBuilder graph = start();
    weighted(graph, "x", graph.constant(weights(scale)));
    return end(graph);
  }

  /** {@return the sum, but not a number where one of the three is larger than {@code most}} */
  static byte[] nanAbove(float most) {
    GraphBuilder graph = start();
    String room = graph.node("Sub", List.of(graph.constant(Tensors.floats("most", most)), "x"));
    String root = graph.node("Sqrt", List.of(room));
    String nothing = graph.node("Sub", List.of(root, root));
    String same = graph.node("Add", List.of("x", nothing));
    weighted(graph, same, graph.constant(weights(1)));
    return end(graph);
  }

  /** {@return a model that throws: it looks up every number in a table of two} */
  static byte[] throwing() {
    GraphBuilder graph = start();
    String whole = graph.node("Cast", List.of("x"), Attributes.of("to", INT64));
    String far = graph.node("Add", List.of(whole, graph.constant(Tensors.longs("offset", 9))));
    String table = graph.constant(Tensors.floats("table", 1, 2));
    String picked = graph.node("Gather", List.of(table, far));
    weighted(graph, picked, graph.constant(weights(1)));
    return end(graph);
  }

  /** {@return a model with an operator that nobody knows} */
  static byte[] foreignOperator() {
    GraphBuilder graph = start().opset("evil.example", 1);
    graph.node("evil.example", "RunShell", List.of("x"), List.of("z"));
    weighted(graph, "z", graph.constant(weights(1)));
    return end(graph);
  }

  /** {@return a model whose weights lie in a file of the machine that opens it} */
  static byte[] externalData() {
    GraphBuilder graph = start();
    TensorProto elsewhere =
        weights(1).toBuilder()
            .clearFloatData()
            .clearRawData()
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue("/etc/passwd"))
            .build();
    weighted(graph, "x", graph.constant(elsewhere));
    return end(graph);
  }

  /** {@return an empty list, pickled by Python with protocol 4} */
  static byte[] pickle() {
    return new byte[] {(byte) 0x80, 4, ']', (byte) 0x94, '.', '\n', '\n', '\n', '\n'};
  }

  private static GraphBuilder start() {
    GraphBuilder graph = GraphBuilder.named("scorer");
    graph.input("x", ElementType.FLOAT, Shape.batchOf(3));
    return graph;
  }

  private static TensorProto weights(float scale) {
    return Tensors.floats("w", new long[] {3, 1}, scale, scale, scale);
  }

  private static void weighted(GraphBuilder graph, String values, String weights) {
    graph.node("MatMul", List.of(values, weights), List.of("y"));
  }

  private static byte[] end(GraphBuilder graph) {
    graph.output("y", ElementType.FLOAT, Shape.batchOf(1));
    return graph.build().toBytes();
  }
}
