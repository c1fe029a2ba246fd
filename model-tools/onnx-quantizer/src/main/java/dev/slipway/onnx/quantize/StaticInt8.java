package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.Domains;
import dev.slipway.onnx.graph.GraphEditor;
import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.TensorReader;
import dev.slipway.onnx.graph.Tensors;
import dev.slipway.onnx.proto.TensorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * QDQ form: activations unsigned 8 bits per tensor, weights signed 8 bits per output, bias 32 bits
 * at the product of both scales. ONNX Runtime fuses it into QGemm and MatMulIntegerToFloat.
 */
final class StaticInt8 {
  private static final int WEIGHT_AXIS = 1;

  private final GraphEditor graph;
  private final int largest;
  private final Map<String, ValueRange> ranges;
  private final Map<String, String> quantized = new HashMap<>();

  StaticInt8(GraphEditor graph, int largest, Map<String, ValueRange> ranges) {
    this.graph = graph;
    this.largest = largest;
    this.ranges = ranges;
  }

  void apply(LinearLayer layer) {
    ValueRange range = ranges.getOrDefault(layer.activation(), ValueRange.NOTHING);
    String x = quantized.computeIfAbsent(layer.activation(), name -> throughBytes(name, range));
    WeightMatrix weights = layer.quantized(largest);
    String stem = layer.node().output();
    String scales =
        graph.putConstant(Tensors.floats(graph.freshName(stem + "_scales"), weights.scales()));
    String values =
        graph.putConstant(
            Tensors.int8(graph.freshName(stem + "_weights"), weights.shape(), weights.values()));
    String zeros =
        graph.putConstant(
            Tensors.int8(
                graph.freshName(stem + "_zeros"),
                new long[] {weights.outputs()},
                new byte[weights.outputs()]));
    String w = graph.freshName(stem + "_weights_float");
    dequantize(values, scales, zeros, w, WEIGHT_AXIS);
    graph.remove(layer.node());
    if (layer.bias().isPresent()) {
      String bias = bias(layer.bias().get(), stem, range.scale(), weights.scales());
      graph.add("Gemm", List.of(x, w, bias), List.of(stem));
    } else {
      graph.add("MatMul", List.of(x, w), List.of(stem));
    }
  }

  private String throughBytes(String value, ValueRange range) {
    String scale =
        graph.putConstant(Tensors.scalar(graph.freshName(value + "_scale"), range.scale()));
    String zero =
        graph.putConstant(Tensors.uint8Scalar(graph.freshName(value + "_zero"), range.zeroPoint()));
    String bytes = graph.freshName(value + "_quantized");
    String back = graph.freshName(value + "_dequantized");
    graph.add("QuantizeLinear", List.of(value, scale, zero), List.of(bytes));
    graph.add("DequantizeLinear", List.of(bytes, scale, zero), List.of(back));
    return back;
  }

  private String bias(TensorProto bias, String stem, float xScale, float[] weightScales) {
    float[] values = TensorReader.floats(bias);
    int[] rounded = new int[values.length];
    float[] scales = new float[values.length];
    for (int index = 0; index < values.length; index++) {
      scales[index] = xScale * weightScales[index];
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

  /** Bias in 32 bits must hold: |b| / (xScale · wScale) below 2^31. */
  static boolean biasFits(LinearLayer layer, ValueRange range, int largest) {
    if (layer.bias().isEmpty()) {
      return true;
    }
    float[] bias = TensorReader.floats(layer.bias().get());
    float[] scales = layer.quantized(largest).scales();
    for (int index = 0; index < bias.length; index++) {
      double scale = (double) range.scale() * scales[index];
      if (!(Math.abs(bias[index]) / scale < Integer.MAX_VALUE) || scale < Float.MIN_NORMAL) {
        return false;
      }
    }
    return true;
  }

  static boolean isCandidate(Node node) {
    return node.is("MatMul") || node.is("Gemm");
  }
}
