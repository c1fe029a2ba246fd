package dev.slipway.onnx.graph.admission;

import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.TensorReader;
import dev.slipway.onnx.graph.Tensors;
import dev.slipway.onnx.proto.AttributeProto;
import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.NodeProto;
import dev.slipway.onnx.proto.TensorProto;
import dev.slipway.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds small files that make the runtime allocate or loop without end: a lower bound of the number
 * of elements of every value, as far as the file itself decides it. Dimensions that a request
 * decides count as 1. A bound counts one byte per element, so nothing honest is refused.
 */
final class StaticSizes {
  /** Trips of a loop that nothing in the file ends. */
  private static final double ENDLESS = Double.POSITIVE_INFINITY;

  private final AdmissionLimits limits;
  private final Findings findings;

  StaticSizes(AdmissionLimits limits, Findings findings) {
    this.limits = limits;
    this.findings = findings;
  }

  void check(GraphProto graph) {
    graph(graph, StaticScope.outermost(), 1);
  }

  private void graph(GraphProto graph, StaticScope scope, double trips) {
    for (ValueInfoProto input : graph.getInputList()) {
      StaticShape shape = StaticShape.of(input);
      scope.put(input.getName(), shape);
      require(input.getName(), shape);
    }
    for (TensorProto tensor : graph.getInitializerList()) {
      scope.put(tensor.getName(), tensor);
    }
    for (NodeProto proto : graph.getNodeList()) {
      if (!findings.isEmpty()) {
        return;
      }
      node(new Node(proto), scope, trips);
    }
  }

  private void node(Node node, StaticScope scope, double trips) {
    StaticShape shape = new StaticShapes(scope).of(node);
    require(node.label(), shape);
    node.outputs().forEach(output -> scope.put(output, shape));
    if (node.is("Constant") && !node.outputs().isEmpty()) {
      constant(node).ifPresent(value -> scope.put(node.output(), value));
    }
    double inner = node.is("Loop") ? trips * loopTrips(node, scope) : trips;
    if (inner > limits.maxTrips()) {
      findings.add(
          Refusal.Code.ADMISSION_BOMB,
          "loop %s has no number of trips, or with the loops around it more than %d; name a maximum",
          Findings.quote(node.label()),
          limits.maxTrips());
    }
    for (GraphProto subgraph : node.subgraphs()) {
      graph(subgraph, scope.inner(), inner);
    }
  }

  private static Optional<TensorProto> constant(Node node) {
    List<Double> listed = integers(node, "value_ints");
    List<Double> values = listed.isEmpty() ? integers(node, "value_int") : listed;
    long[] longs = values.stream().mapToLong(Double::longValue).toArray();
    return values.isEmpty()
        ? node.tensorAttribute("value")
        : Optional.of(Tensors.longs(node.output(), longs));
  }

  private static double loopTrips(Node node, StaticScope scope) {
    Optional<String> trips = node.input(0);
    if (trips.isEmpty()) {
      return ENDLESS;
    }
    return scope
        .constant(trips.get())
        .map(
            constant -> numbers(constant).stream().mapToDouble(Double::doubleValue).max().orElse(1))
        .orElse(1.0);
  }

  private void require(String name, StaticShape shape) {
    if (!(shape.elements() <= limits.maxStaticBytes())) {
      findings.add(
          Refusal.Code.ADMISSION_BOMB,
          "value %s would have at least %.3g elements, the limit is %d",
          Findings.quote(name),
          shape.elements(),
          limits.maxStaticBytes());
    }
  }

  /** {@return the values of a small constant, empty if it is large or not numeric} */
  static List<Double> numbers(TensorProto tensor) {
    int most = 64;
    List<Double> numbers = new ArrayList<>();
    if (TensorReader.count(tensor) > most) {
      return numbers;
    }
    switch (TensorReader.type(tensor)) {
      case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> {
        for (float value : TensorReader.floats(tensor)) {
          numbers.add((double) value);
        }
      }
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, BOOL -> {
        for (long value : TensorReader.longs(tensor)) {
          numbers.add((double) value);
        }
      }
      default -> {
        // Strings and packed types are never sizes.
      }
    }
    return numbers;
  }

  /** {@return the integers of an attribute, single or listed} */
  static List<Double> integers(Node node, String name) {
    Optional<AttributeProto> attribute = node.attribute(name);
    if (attribute.isEmpty()) {
      return List.of();
    }
    return attribute.get().hasI()
        ? List.of((double) attribute.get().getI())
        : attribute.get().getIntsList().stream().map(Long::doubleValue).toList();
  }
}
