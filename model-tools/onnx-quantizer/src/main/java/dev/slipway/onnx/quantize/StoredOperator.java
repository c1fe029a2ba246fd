package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.GraphEditor;
import dev.slipway.onnx.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operators with weights that any 8-bit recipe treats alike. Changes the graph it was made for. */
interface StoredOperator {
  /** {@return whether the node is such an operator} */
  boolean handles(Node node);

  /** {@return why the node stays in float, if it does} */
  Optional<String> obstacle(Node node);

  /** Changes the node; {@return what was done} */
  String quantize(Node node);

  /** {@return what became of each such operator of the graph} */
  static List<LayerOutcome> apply(
      StoredOperator operator, GraphEditor graph, QuantizeOptions options) {
    List<LayerOutcome> outcomes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (operator.handles(node)) {
        Optional<String> obstacle =
            options.excludes(node)
                ? Optional.of("excluded by the caller")
                : operator.obstacle(node);
        String how = obstacle.orElseGet(() -> operator.quantize(node));
        outcomes.add(new LayerOutcome(node.label(), node.type(), obstacle.isEmpty(), how));
      }
    }
    return outcomes;
  }
}
