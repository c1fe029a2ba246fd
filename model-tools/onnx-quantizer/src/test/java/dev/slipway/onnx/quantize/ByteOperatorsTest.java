package dev.slipway.onnx.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphBuilder;
import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.RuntimeOptimizer;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.graph.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conv, one operator between, Conv: what ONNX Runtime makes of it. */
class ByteOperatorsTest {
  private static final int SIDE = 8;
  private static final int CHANNELS = 8;

  private final Random random = new Random(23);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MaxPool",
        "AveragePool",
        "Reshape",
        "Transpose",
        "Unsqueeze",
        "Slice",
        "Concat",
        "Resize",
        "Split",
        "Gather",
        "DepthToSpace",
        "Clip",
        "Relu",
        "LeakyRelu",
        "Sigmoid",
        "Add",
        "Mul"
      })
  void staticInt8_operatorBetweenConvolutions_nothingIsTurnedIntoFloats(String type) {
    OnnxModel model = between(type);

    QuantizeResult result = quantize(model);

    List<String> kernels =
        RuntimeOptimizer.optimize(result.model(), RuntimeOptimizer.Level.EXTENDED).nodes().stream()
            .map(Node::type)
            .toList();
    assertEquals(2, kernels.stream().filter("QLinearConv"::equals).count(), kernels.toString());
    assertEquals(1, kernels.stream().filter("QuantizeLinear"::equals).count(), kernels.toString());
    assertEquals(
        1, kernels.stream().filter("DequantizeLinear"::equals).count(), kernels.toString());
    double decibel = Fidelity.decibel(model, result.model(), samples());
    assertTrue(decibel > 30, "SQNR " + decibel);
  }

  @ParameterizedTest
  @CsvSource({"1, 8", "4, 8", "8, 8", "2, 4"})
  void staticInt8_transposedConvolution_isStoredInBytesWithAScalePerOutput(
      int groups, int outputs) {
    GraphBuilder graph = GraphBuilder.named("transposed");
    String x = graph.input("x", ElementType.FLOAT, Shape.batchOf(CHANNELS, SIDE, SIDE));
    float[] kernels = new float[CHANNELS * outputs / groups * 9];
    for (int i = 0; i < kernels.length; i++) {
      // The outputs differ in size by up to 10^4: one scale for all would lose the small ones.
      kernels[i] =
          (float) (random.nextGaussian() * Math.pow(10, -(i / 9 % (outputs / groups)) % 5));
    }
    String w =
        graph.constant(Tensors.floats("w", new long[] {CHANNELS, outputs / groups, 3, 3}, kernels));
    graph.node("ConvTranspose", List.of(x, w), List.of("t"), Attributes.of("group", groups));
    graph.node(
        "InstanceNormalization",
        List.of("t", ones(graph, "gain", outputs), ones(graph, "shift", outputs)),
        List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.batchOf(outputs, SIDE + 2, SIDE + 2));
    OnnxModel model = graph.build();

    QuantizeResult result = quantize(model);

    LayerOutcome outcome = result.layers().getFirst();
    assertTrue(outcome.quantized() && outcome.why().contains("no integer"), outcome.toString());
    double decibel = Fidelity.decibel(model, result.model(), samples());
    assertTrue(decibel > 38, "SQNR " + decibel);
    List<String> loaded =
        RuntimeOptimizer.optimize(result.model(), RuntimeOptimizer.Level.BASIC).nodes().stream()
            .map(Node::type)
            .toList();
    assertFalse(loaded.contains("Cast"), loaded.toString());
  }

  @Test
  void weightInt8_convolution_isStoredInBytes() {
    OnnxModel model = between("Relu");

    QuantizeResult result =
        Quantizer.quantize(model, QuantizeOptions.of(Recipe.WEIGHT_INT8), samples());

    assertEquals(2, result.quantizedLayers());
    assertTrue(result.model().initializerBytes() < 0.35 * model.initializerBytes());
    double decibel = Fidelity.decibel(model, result.model(), samples());
    assertTrue(decibel > 40, "SQNR " + decibel);
  }

  private static String ones(GraphBuilder graph, String name, int count) {
    float[] values = new float[count];
    java.util.Arrays.fill(values, 1);
    return graph.constant(Tensors.floats(name, values));
  }

  private OnnxModel between(String type) {
    GraphBuilder graph = GraphBuilder.named("between");
    String x = graph.input("x", ElementType.FLOAT, Shape.of(1, CHANNELS, SIDE, SIDE));
    String y = operator(graph, type, convolution(graph, x, "first"));
    graph.node("Identity", List.of(convolution(graph, y, "last")), List.of("y"));
    graph.output(
        "y",
        ElementType.FLOAT,
        new Shape(java.util.Collections.nCopies(4, new Shape.Dimension.Unknown())));
    return graph.build();
  }

  private static String operator(GraphBuilder graph, String type, String x) {
    return switch (type) {
      case "MaxPool", "AveragePool" ->
          graph.node(type, List.of(x), Attributes.ofLongs("kernel_shape", 2, 2));
      case "Reshape" ->
          graph.node(type, List.of(x, graph.constant(Tensors.longs("s", 1, CHANNELS, 4, 16))));
      case "Transpose" -> graph.node(type, List.of(x), Attributes.ofLongs("perm", 0, 1, 3, 2));
      case "Unsqueeze" -> {
        String axis = graph.constant(Tensors.longs("a", 1));
        yield graph.node("Squeeze", List.of(graph.node(type, List.of(x, axis)), axis));
      }
      case "Slice" ->
          graph.node(
              type,
              List.of(
                  x,
                  graph.constant(Tensors.longs("from", 1)),
                  graph.constant(Tensors.longs("to", 7)),
                  graph.constant(Tensors.longs("axes", 2))));
      case "Gather" ->
          graph.node(
              type,
              List.of(x, graph.constant(Tensors.longs("i", 3, 1, 2))),
              Attributes.of("axis", 2));
      case "Concat" -> graph.node(type, List.of(x, x), Attributes.of("axis", 2));
      case "Resize" -> {
        String scales = graph.constant(Tensors.floats("scales", 1, 1, 2, 2));
        yield graph.node(type, List.of(x, "", scales), Attributes.of("mode", "nearest"));
      }
      case "Split" -> {
        List<String> parts = List.of("top", "bottom");
        graph.node(type, List.of(x), parts, Attributes.of("axis", 2));
        yield graph.node("Concat", parts, Attributes.of("axis", 3));
      }
      case "DepthToSpace" -> {
        String wide = graph.node("Concat", List.of(x, x, x, x), Attributes.of("axis", 1));
        yield graph.node(type, List.of(wide), Attributes.of("blocksize", 2));
      }
      case "Clip" ->
          graph.node(
              type,
              List.of(
                  x,
                  graph.constant(Tensors.scalar("least", 0)),
                  graph.constant(Tensors.scalar("most", 6))));
      case "Add", "Mul" -> graph.node(type, List.of(x, x));
      default -> graph.node(type, List.of(x));
    };
  }

  private String convolution(GraphBuilder graph, String x, String name) {
    float[] values = new float[CHANNELS * CHANNELS * 9];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.17 * random.nextGaussian());
    }
    long[] shape = {CHANNELS, CHANNELS, 3, 3};
    String w = graph.constant(Tensors.floats(name, shape, values));
    return graph.node("Conv", List.of(x, w), Attributes.ofLongs("pads", 1, 1, 1, 1));
  }

  private static QuantizeResult quantize(OnnxModel model) {
    return Quantizer.quantize(model, QuantizeOptions.of(Recipe.STATIC_INT8), samples());
  }

  private static CalibrationData samples() {
    Random random = new Random(5);
    List<Map<String, CalibrationTensor>> samples = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      float[] values = new float[CHANNELS * SIDE * SIDE];
      IntStream.range(0, values.length).forEach(j -> values[j] = (float) random.nextGaussian());
      List<Long> shape = List.of(1L, (long) CHANNELS, (long) SIDE, (long) SIDE);
      samples.add(Map.of("x", new CalibrationTensor.Floats(shape, values)));
    }
    return samples::iterator;
  }
}
