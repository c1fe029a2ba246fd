package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.Domains;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphEditor;
import dev.slipway.onnx.graph.Tensors;
import dev.slipway.onnx.proto.TensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * y = x·W + b as DynamicQuantizeLinear → MatMulInteger → Cast → Mul(x scale · W scales) → Add: ONNX
 * Runtime fuses this into DynamicQuantizeMatMul. One DynamicQuantizeLinear per activation.
 */
final class DynamicInt8 {
  /** Zero of unsigned bytes that stand for signed ones. */
  private static final int MIDDLE = 128;

  private final GraphEditor graph;
  private final Target target;
  private final boolean unsigned;
  private final Map<String, List<String>> measured = new HashMap<>();

  DynamicInt8(GraphEditor graph, QuantizeOptions options) {
    this.graph = graph;
    // Unsigned bytes saturate nowhere, so their range needs no care for any target.
    this.unsigned = options.has(Improvement.UNSIGNED_WEIGHTS);
    this.target = unsigned ? Target.VNNI : options.target();
  }

  void apply(LinearLayer layer, List<float[]> samples) {
    RoundedWeights weights = RoundedWeights.of(layer, target, samples);
    WeightLayer.Stored stored = weights.stored();
    String stem = layer.node().output();
    List<String> x = measured.computeIfAbsent(layer.activation(), this::measure);
    String values = graph.putConstant(values(stem, stored));
    String scales =
        graph.putConstant(Tensors.floats(graph.freshName(stem + "_scales"), weights.scales()));
    graph.remove(layer.node());
    String sum = graph.freshName(stem + "_int32");
    List<String> factors = new ArrayList<>(List.of(x.get(0), values, x.get(2)));
    if (unsigned) {
      factors.add(
          graph.putConstant(Tensors.uint8Scalar(graph.freshName(stem + "_middle"), MIDDLE)));
    }
    graph.add("MatMulInteger", factors, List.of(sum));
    String asFloat = graph.freshName(stem + "_float");
    graph.add(
        Domains.STANDARD,
        "Cast",
        List.of(sum),
        List.of(asFloat),
        List.of(Attributes.of("to", ElementType.FLOAT.number())));
    String scale = graph.freshName(stem + "_scale");
    graph.add("Mul", List.of(x.get(1), scales), List.of(scale));
    String product = layer.bias().isPresent() ? graph.freshName(stem + "_product") : stem;
    graph.add("Mul", List.of(asFloat, scale), List.of(product));
    layer
        .bias()
        .ifPresent(bias -> graph.add("Add", List.of(product, bias.getName()), List.of(stem)));
  }

  private TensorProto values(String stem, WeightLayer.Stored stored) {
    String name = graph.freshName(stem + "_weights");
    if (!unsigned) {
      return Tensors.int8(name, stored.shape(), stored.values());
    }
    byte[] shifted = stored.values().clone();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] = (byte) (shifted[i] + MIDDLE);
    }
    return Tensors.uint8(name, stored.shape(), shifted);
  }

  private List<String> measure(String activation) {
    List<String> outputs =
        List.of(
            graph.freshName(activation + "_quantized"),
            graph.freshName(activation + "_scale"),
            graph.freshName(activation + "_zero"));
    graph.add("DynamicQuantizeLinear", List.of(activation), outputs);
    return outputs;
  }
}
