package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.Domains;
import dev.slipway.onnx.graph.GraphEditor;
import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.TensorReader;
import dev.slipway.onnx.graph.Tensors;
import dev.slipway.onnx.proto.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * QDQ form: activations unsigned 8 bits per tensor, weights signed 8 bits per output, bias 32 bits
 * at the product of both scales. ONNX Runtime fuses it into QLinearConv, QGemm,
 * MatMulIntegerToFloat and their like.
 */
final class StaticInt8 {
  private final GraphEditor graph;
  private final StaticPlan plan;
  private final QuantizeOptions options;
  private final LayerRows rows;
  private final Map<String, ActivationStatistics> statistics;
  private final Map<String, ValueRange> ranges = new HashMap<>();

  /** By value, the float form that has passed through bytes. */
  private final Map<String, String> passed = new HashMap<>();

  StaticInt8(
      GraphEditor graph,
      StaticPlan plan,
      QuantizeOptions options,
      Map<String, ActivationStatistics> statistics,
      LayerRows rows) {
    this.graph = graph;
    this.plan = plan;
    this.options = options;
    this.rows = rows;
    this.statistics = statistics;
    statistics.forEach((value, seen) -> ranges.put(value, options.ranges().choose(seen)));
  }

  void apply(List<WeightLayer> layers) {
    List<Node> nodes = graph.nodes();
    Map<String, String> raw = new HashMap<>();
    plan.values().forEach(value -> passThroughBytes(value, raw));
    Map<Node, WeightLayer> byNode = new HashMap<>();
    layers.forEach(layer -> byNode.put(layer.node(), layer));
    for (Node node : nodes) {
      NodeProto rewired = rewired(node, raw);
      WeightLayer layer = byNode.get(node);
      if (layer == null) {
        graph.replace(node, rewired);
      } else {
        graph.remove(node);
        graph.add(weighted(layer, rewired));
      }
    }
  }

  ValueRange range(String value) {
    return ranges.getOrDefault(plan.rangeOf(value), ValueRange.NOTHING);
  }

  /** {@return the share of the value's calibration data that its range cuts off} */
  double cutOff(String value) {
    ActivationStatistics seen = statistics.get(plan.rangeOf(value));
    return seen == null ? 0 : seen.cutOff(range(value));
  }

  private void passThroughBytes(String value, Map<String, String> raw) {
    String source = value;
    String back = graph.freshName(value + "_dequantized");
    if (plan.isMade(value) && graph.isGraphOutput(value)) {
      // The output keeps its name, so its maker gets another.
      source = graph.freshName(value + "_exact");
      raw.put(value, source);
      back = value;
    }
    ValueRange range = range(value);
    String scale =
        graph.putConstant(Tensors.scalar(graph.freshName(value + "_scale"), range.scale()));
    String zero =
        graph.putConstant(Tensors.uint8Scalar(graph.freshName(value + "_zero"), range.zeroPoint()));
    String bytes = graph.freshName(value + "_quantized");
    graph.add("QuantizeLinear", List.of(source, scale, zero), List.of(bytes));
    graph.add("DequantizeLinear", List.of(bytes, scale, zero), List.of(back));
    passed.put(value, back);
  }

  /** Reads what has passed through bytes, where the node or the value's maker is on bytes. */
  private NodeProto rewired(Node node, Map<String, String> raw) {
    NodeProto.Builder rewired = node.proto().toBuilder();
    for (int i = 0; i < rewired.getInputCount(); i++) {
      String input = rewired.getInput(i);
      String back = passed.get(input);
      if (back != null && (plan.isInteger(node) || plan.isMade(input))) {
        rewired.setInput(i, back);
      }
    }
    for (int i = 0; i < rewired.getOutputCount(); i++) {
      String other = raw.get(rewired.getOutput(i));
      if (other != null) {
        rewired.setOutput(i, other);
      }
    }
    return rewired.build();
  }

  private NodeProto weighted(WeightLayer layer, NodeProto rewired) {
    float activationScale = range(layer.activation()).scale();
    float[] bias =
        layer.bias().map(TensorReader::floats).orElseGet(() -> new float[layer.outputs()]);
    RoundedWeights weights =
        RoundedWeights.of(layer, options.target(), rows.of(layer), activationScale, bias);
    boolean corrected = correct(layer, weights, bias);
    String stem = layer.node().output();
    WeightLayer.Stored stored = weights.stored();
    String values =
        graph.putConstant(
            Tensors.int8(graph.freshName(stem + "_weights"), stored.shape(), stored.values()));
    String w = graph.freshName(stem + "_weights_float");
    String scales =
        graph.putConstant(Tensors.floats(graph.freshName(stem + "_scales"), weights.scales()));
    String zeros =
        graph.putConstant(
            Tensors.int8(
                graph.freshName(stem + "_zeros"),
                new long[] {layer.outputs()},
                new byte[layer.outputs()]));
    dequantize(values, scales, zeros, w, layer.axis());
    Optional<String> b =
        layer.bias().isPresent() || corrected
            ? Optional.of(bias(bias, stem, activationScale, weights.scales()))
            : Optional.empty();
    return node(layer, rewired, w, b);
  }

  /**
   * Takes the mean error of the rounded weights off the bias; {@return whether there is one now}
   */
  private boolean correct(WeightLayer layer, RoundedWeights weights, float[] bias) {
    ActivationStatistics seen = statistics.get(layer.activation());
    boolean possible =
        options.has(Improvement.BIAS_CORRECTION)
            && (layer.bias().isPresent() || layer instanceof ConvolutionLayer);
    double[] means = seen == null ? new double[0] : seen.means();
    if (!possible || !weights.coveredBy(means)) {
      return false;
    }
    float[] errors = weights.meanError(means);
    for (int output = 0; output < bias.length; output++) {
      bias[output] += errors[output];
    }
    return true;
  }

  private static NodeProto node(
      WeightLayer layer, NodeProto rewired, String weights, Optional<String> bias) {
    NodeProto.Builder node = rewired.toBuilder();
    node.setInput(1, weights);
    if (layer instanceof LinearLayer) {
      node.setOpType(bias.isPresent() ? "Gemm" : "MatMul").clearAttribute();
    }
    List<String> kept = List.copyOf(node.getInputList().subList(0, 2));
    node.clearInput().addAllInput(kept);
    bias.ifPresent(node::addInput);
    return node.build();
  }

  private String bias(float[] values, String stem, float xScale, float[] weightScales) {
    int[] rounded = new int[values.length];
    float[] scales = new float[values.length];
    for (int index = 0; index < values.length; index++) {
      scales[index] = Math.max(xScale * weightScales[index], Float.MIN_NORMAL);
      rounded[index] =
          (int)
              Math.clamp(
                  Math.round((double) values[index] / scales[index]),
                  -(long) Integer.MAX_VALUE,
                  Integer.MAX_VALUE);
    }
    long[] shape = {values.length};
    String integers =
        graph.putConstant(Tensors.ints(graph.freshName(stem + "_bias"), shape, rounded));
    String scale =
        graph.putConstant(Tensors.floats(graph.freshName(stem + "_bias_scales"), scales));
    String zeros =
        graph.putConstant(
            Tensors.ints(graph.freshName(stem + "_bias_zeros"), shape, new int[values.length]));
    String back = graph.freshName(stem + "_bias_float");
    dequantize(integers, scale, zeros, back, 0);
    return back;
  }

  private void dequantize(String values, String scales, String zeros, String output, int axis) {
    graph.add(
        Domains.STANDARD,
        "DequantizeLinear",
        List.of(values, scales, zeros),
        List.of(output),
        List.of(Attributes.of("axis", axis)));
  }
}
