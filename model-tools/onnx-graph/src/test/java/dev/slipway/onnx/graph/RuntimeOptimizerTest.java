package dev.slipway.onnx.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuntimeOptimizerTest {

  @Test
  void optimize_matMulAndAdd_becomesATypedGemm() {
    GraphBuilder graph = GraphBuilder.named("pair");
    String x = graph.input("x", ElementType.FLOAT, Shape.batchOf(2));
    String w = graph.constant(Tensors.floats("w", new long[] {2, 3}, 1, 2, 3, 4, 5, 6));
    String b = graph.constant(Tensors.floats("b", 1f, 2f, 3f));
    String sum = graph.node("Add", List.of(graph.node("MatMul", List.of(x, w)), b));
    graph.node("Erf", List.of(sum), List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.batchOf(3));

    OnnxModel optimized = RuntimeOptimizer.optimize(graph.build(), RuntimeOptimizer.Level.BASIC);

    assertEquals("Gemm", optimized.nodes().getFirst().type());
    assertEveryValueIsTyped(optimized);
    GraphEditor editor = GraphEditor.of(optimized);
    ValueType inner = editor.type(optimized.nodes().getFirst().output()).orElseThrow();
    assertEquals(ElementType.FLOAT, inner.elementType());
    assertEquals(Shape.batchOf(3), inner.shape().orElseThrow());
  }

  @Test
  void optimize_batchNormalization_goesIntoTheConvolution() {
    GraphBuilder graph = GraphBuilder.named("norm");
    String x = graph.input("x", ElementType.FLOAT, Shape.batchOf(1, 4, 4));
    String w = graph.constant(Tensors.floats("w", new long[] {1, 1, 1, 1}, 2));
    String one = graph.constant(Tensors.floats("one", 1f));
    String conv = graph.node("Conv", List.of(x, w));
    String norm = graph.node("BatchNormalization", List.of(conv, one, one, one, one));
    graph.node("Relu", List.of(norm), List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.batchOf(1, 4, 4));

    OnnxModel optimized = RuntimeOptimizer.optimize(graph.build(), RuntimeOptimizer.Level.BASIC);

    assertEquals(List.of("Conv", "Relu"), optimized.nodes().stream().map(Node::type).toList());
    assertEveryValueIsTyped(optimized);
  }

  @Test
  void writeInto_keepsTheNodes() {
    OnnxModel model = SampleModels.dense();

    OnnxModel typed = ValueTypes.writeInto(model);

    assertEquals(model.nodes(), typed.nodes());
    assertEquals(model.graph().getOutputList(), typed.graph().getOutputList());
    assertEveryValueIsTyped(typed);
  }

  @Test
  void optimize_unknownOperator_isRefusedByTheRuntime() {
    GraphBuilder graph = GraphBuilder.named("odd");
    String x = graph.input("x", ElementType.FLOAT, Shape.batchOf(2));
    graph.node("NoSuchOperator", List.of(x), List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.batchOf(2));
    OnnxModel model = graph.build();

    OnnxException error =
        assertThrows(
            OnnxException.class,
            () -> RuntimeOptimizer.optimize(model, RuntimeOptimizer.Level.BASIC));

    assertEquals(OnnxException.Code.ONNX_RUNTIME, error.code());
  }

  private static void assertEveryValueIsTyped(OnnxModel model) {
    GraphEditor editor = GraphEditor.of(model);
    assertTrue(!model.nodes().isEmpty(), "no node to look at");
    for (Node node : model.nodes()) {
      for (String output : node.outputs()) {
        assertTrue(editor.type(output).flatMap(ValueType::shape).isPresent(), output);
      }
    }
  }
}
