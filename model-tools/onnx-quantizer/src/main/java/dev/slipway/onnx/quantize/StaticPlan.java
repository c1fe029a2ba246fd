package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.GraphEditor;
import dev.slipway.onnx.graph.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which values of a graph pass through bytes. A convolution computes bytes only if its output does
 * too, so its output, after a Relu or Clip that the byte range replaces, is one; operators that
 * ONNX Runtime has on bytes follow as far as all their inputs are bytes already. MatMul and Gemm
 * take bytes and give floats, unless the next one wants bytes again: LayerNorm, Softmax and the
 * like, which have no integer kernel, get no conversions around them.
 */
final class StaticPlan {
  private final GraphEditor graph;
  private final Map<String, List<Node>> consumers;

  /** Values that pass through bytes, in order, each with the value whose range it has. */
  private final Map<String, String> bytes = new LinkedHashMap<>();

  /** Those of them that an integer kernel makes: nothing may read their float form any more. */
  private final Set<String> made = new HashSet<>();

  private final Set<Node> integer = new HashSet<>();
  private final Map<String, Integer> channelAxes = new HashMap<>();

  private StaticPlan(GraphEditor graph) {
    this.graph = graph;
    this.consumers = graph.consumers();
  }

  static StaticPlan of(GraphEditor graph, List<WeightLayer> layers, QuantizeOptions options) {
    StaticPlan plan = new StaticPlan(graph);
    Map<Node, WeightLayer> byNode = new HashMap<>();
    layers.forEach(layer -> byNode.put(layer.node(), layer));
    for (Node node : graph.nodes()) {
      WeightLayer layer = byNode.get(node);
      if (layer != null) {
        plan.layer(layer);
      } else if (!options.excludes(node)) {
        plan.other(node);
      }
    }
    return plan;
  }

  private void layer(WeightLayer layer) {
    bytes.putIfAbsent(layer.activation(), layer.activation());
    channelAxes.putIfAbsent(layer.activation(), layer.channelAxis());
    integer.add(layer.node());
    if (layer instanceof ConvolutionLayer) {
      String output = afterClamp(layer.node().output());
      bytes.putIfAbsent(output, output);
      made.add(output);
    }
  }

  /** {@return the value after a Relu or Clip that is its only reader} */
  private String afterClamp(String value) {
    List<Node> readers = consumers.getOrDefault(value, List.of());
    if (readers.size() != 1 || graph.isGraphOutput(value)) {
      return value;
    }
    Node reader = readers.getFirst();
    return reader.is("Relu") || isClipOfConstants(reader) ? reader.output() : value;
  }

  private boolean isClipOfConstants(Node node) {
    return node.is("Clip")
        && node.inputs().stream()
            .skip(1)
            .allMatch(bound -> bound.isEmpty() || graph.constant(bound).isPresent());
  }

  private void other(Node node) {
    if (!node.domain().isEmpty()) {
      return;
    }
    switch (node.type()) {
      case "MaxPool",
          "Reshape",
          "Transpose",
          "Flatten",
          "Squeeze",
          "Unsqueeze",
          "Slice",
          "Gather",
          "Expand",
          "Tile",
          "DepthToSpace",
          "SpaceToDepth",
          "Split" ->
          move(node);
      case "Resize" -> {
        // Cubic interpolation overshoots and has no kernel on bytes.
        if (!node.stringAttribute("mode", "nearest").equals("cubic")) {
          move(node);
        }
      }
      case "Add", "Mul" -> compute(node, 2);
      case "Concat" -> compute(node, node.inputs().size());
      case "AveragePool", "GlobalAveragePool", "LeakyRelu", "Sigmoid" -> compute(node, 1);
      default -> {
        // Stays in float.
      }
    }
  }

  private boolean areBytes(Node node, int count) {
    return node.inputs().size() >= count
        && node.inputs().subList(0, count).stream().allMatch(made::contains);
  }

  /** Lets a node move bytes whose first input is made by an integer kernel: the range stays. */
  private void move(Node node) {
    boolean oneOutput = node.outputs().stream().filter(o -> !o.isEmpty()).count() == 1;
    if (!areBytes(node, 1) || !(oneOutput || node.is("Split"))) {
      return;
    }
    integer.add(node);
    String range = rangeOf(node.inputs().getFirst());
    for (String output : node.outputs()) {
      if (!output.isEmpty()) {
        bytes.put(output, range);
        made.add(output);
      }
    }
  }

  /** Lets a node compute on bytes if integer kernels make its first {@code count} inputs. */
  private void compute(Node node, int count) {
    if (!areBytes(node, count) || node.outputs().size() != 1) {
      return;
    }
    integer.add(node);
    String output = afterClamp(node.output());
    bytes.put(output, output);
    made.add(output);
  }

  /** {@return the values that pass through bytes, in the order of the graph} */
  Set<String> values() {
    return bytes.keySet();
  }

  /** {@return the value whose range this one shares} */
  String rangeOf(String value) {
    return bytes.getOrDefault(value, value);
  }

  /** {@return whether an integer kernel makes the value} */
  boolean isMade(String value) {
    return made.contains(value);
  }

  /** {@return whether the node reads bytes} */
  boolean isInteger(Node node) {
    return integer.contains(node);
  }

  /** {@return the values to calibrate, each with the axis of its channels} */
  Map<String, Integer> calibrated() {
    Map<String, Integer> axes = new LinkedHashMap<>();
    bytes.values().forEach(value -> axes.put(value, channelAxes.getOrDefault(value, -1)));
    bytes
        .keySet()
        .forEach(value -> {
          if (channelAxes.containsKey(value)) {
            axes.put(value, channelAxes.get(value));
          }
        });
    return axes;
  }
}
