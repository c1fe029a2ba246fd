package dev.slipway.onnx.graph;

import java.util.List;

/** Small models for tests. */
final class SampleModels {
  private SampleModels() {}

  /** y = relu(x·w + b) with x [N,2], y [N,3]. */
  static OnnxModel dense() {
    GraphBuilder graph = GraphBuilder.named("dense");
    String x = graph.input("x", ElementType.FLOAT, Shape.batchOf(2));
    String w = graph.constant(Tensors.floats("w", new long[] {2, 3}, 1, 2, 3, 4, 5, 6));
    String b = graph.constant(Tensors.floats("b", 0.5f, -100f, 0f));
    String h = graph.node("Gemm", List.of(x, w, b));
    graph.node("Relu", List.of(h), List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.batchOf(3));
    return graph.build();
  }
}
