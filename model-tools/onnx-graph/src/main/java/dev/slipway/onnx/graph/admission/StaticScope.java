package dev.slipway.onnx.graph.admission;

import dev.slipway.onnx.graph.TensorReader;
import dev.slipway.onnx.proto.TensorProto;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is known of the values of one graph; a subgraph sees those of the graphs around it. */
final class StaticScope {
  private final Optional<StaticScope> outer;
  private final Map<String, StaticShape> shapes = new HashMap<>();
  private final Map<String, TensorProto> constants = new HashMap<>();

  private StaticScope(Optional<StaticScope> outer) {
    this.outer = outer;
  }

  static StaticScope outermost() {
    return new StaticScope(Optional.empty());
  }

  StaticScope inner() {
    return new StaticScope(Optional.of(this));
  }

  void put(String name, StaticShape shape) {
    shapes.put(name, shape);
  }

  void put(String name, TensorProto constant) {
    constants.put(name, constant);
    shapes.put(name, StaticShape.of(TensorReader.shape(constant)));
  }

  StaticShape shape(String name) {
    StaticShape own = shapes.get(name);
    if (own != null) {
      return own;
    }
    return outer.map(scope -> scope.shape(name)).orElse(StaticShape.unknown(1));
  }

  Optional<TensorProto> constant(String name) {
    if (shapes.containsKey(name)) {
      return Optional.ofNullable(constants.get(name));
    }
    return outer.flatMap(scope -> scope.constant(name));
  }
}
