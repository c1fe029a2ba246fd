package dev.slipway.onnx.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphBuilder;
import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.RuntimeOptimizer;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.graph.Tensors;
import dev.slipway.onnx.proto.AttributeProto;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConvolutionTest {
  private static final int SIDE = 8;
  private static final int CHANNELS = 3;
  private static final int WIDTH = 16;

  private final Random random = new Random(11);
  private final List<float[]> images = images();

  @Test
  void staticInt8_residualNet_runsOnIntegerKernelsWithin35Decibel() throws OrtException {
    OnnxModel model = residualNet();

    QuantizeResult result = quantize(model, QuantizeOptions.of(Recipe.STATIC_INT8));

    assertEquals(5, result.quantizedLayers(), result.layers().toString());
    Map<String, Integer> kernels = kernels(result.model());
    assertEquals(4, kernels.get("QLinearConv"), kernels.toString());
    assertEquals(1, kernels.get("QLinearAdd"), kernels.toString());
    assertEquals(1, kernels.get("QGemm"), kernels.toString());
    assertEquals(1, kernels.get("QuantizeLinear"), kernels.toString());
    assertTrue(!kernels.containsKey("Conv") && !kernels.containsKey("Relu"), kernels.toString());
    double decibel = decibel(model, result.model());
    assertTrue(decibel > 35, "SQNR " + decibel);
  }

  @Test
  void staticInt8_everyRangeMethodAndTarget_staysWithin30Decibel() throws OrtException {
    OnnxModel model = residualNet();
    for (RangeMethod method : RangeMethod.values()) {
      for (Target target : Target.values()) {
        QuantizeOptions options = new QuantizeOptions(Recipe.STATIC_INT8, target, Set.of(), method);

        double decibel = decibel(model, quantize(model, options).model());

        assertTrue(decibel > 30, method + " " + target + " SQNR " + decibel);
      }
    }
  }

  @Test
  void staticInt8_convolutionAsOutput_keepsTheOutputsName() throws OrtException {
    GraphBuilder graph = GraphBuilder.named("single");
    String x = graph.input("x", ElementType.FLOAT, Shape.batchOf(CHANNELS, SIDE, SIDE));
    String w = constant(graph, "w", 4, CHANNELS, 3, 3);
    graph.node("Conv", List.of(x, w), List.of("y"), Attributes.ofLongs("pads", 1, 1, 1, 1));
    graph.node("Erf", List.of("y"), List.of("e"));
    graph.output("y", ElementType.FLOAT, Shape.batchOf(4, SIDE, SIDE));
    graph.output("e", ElementType.FLOAT, Shape.batchOf(4, SIDE, SIDE));
    OnnxModel model = graph.build();

    OnnxModel quantized = quantize(model, QuantizeOptions.of(Recipe.STATIC_INT8)).model();

    assertEquals(model.outputs(), quantized.outputs());
    assertTrue(decibel(model, quantized) > 30);
  }

  @Test
  void staticInt8_sameInput_givesTheSameBytes() {
    OnnxModel model = residualNet();
    QuantizeOptions options = QuantizeOptions.of(Recipe.STATIC_INT8);

    assertArrayEquals(
        quantize(model, options).model().toBytes(), quantize(model, options).model().toBytes());
  }

  @Test
  void dynamicInt8_convolution_isOnlyStoredInBytesAndSaysWhy() {
    QuantizeResult result = quantize(residualNet(), QuantizeOptions.of(Recipe.DYNAMIC_INT8));

    assertEquals(5, result.quantizedLayers());
    assertEquals(
        4, result.layers().stream().filter(layer -> layer.why().contains("slower")).count());
  }

  @Test
  void staticInt8_biasLargerThanTheScalesAllow_staysRight() throws OrtException {
    GraphBuilder graph = GraphBuilder.named("biased");
    String x = graph.input("x", ElementType.FLOAT, Shape.batchOf(CHANNELS, SIDE, SIDE));
    String w = graph.constant(Tensors.floats("w", new long[] {1, CHANNELS, 1, 1}, 1e-9f, 0, 0));
    String b = graph.constant(Tensors.floats("b", 1000f));
    graph.node("Conv", List.of(x, w, b), List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.batchOf(1, SIDE, SIDE));
    OnnxModel model = graph.build();

    OnnxModel quantized = quantize(model, QuantizeOptions.of(Recipe.STATIC_INT8)).model();

    assertTrue(decibel(model, quantized) > 40);
  }

  /** Conv, depthwise Conv, Conv + skip, pooling, grouped Conv, Gemm. */
  private OnnxModel residualNet() {
    GraphBuilder graph = GraphBuilder.named("residual");
    String x = graph.input("x", ElementType.FLOAT, Shape.batchOf(CHANNELS, SIDE, SIDE));
    String stem = convolution(graph, x, "stem", CHANNELS, 1, true);
    String deep = convolution(graph, stem, "deep", 1, WIDTH, true);
    String back = convolution(graph, deep, "back", WIDTH, 1, false);
    String sum = graph.node("Relu", List.of(graph.node("Add", List.of(stem, back))));
    AttributeProto two = Attributes.ofLongs("kernel_shape", 2, 2);
    String small = graph.node("MaxPool", List.of(sum), two, Attributes.ofLongs("strides", 2, 2));
    String grouped = convolution(graph, small, "grouped", WIDTH / 4, 4, true);
    String mean = graph.node("GlobalAveragePool", List.of(grouped));
    String flat = graph.node("Flatten", List.of(mean));
    String w = constant(graph, "head_w", WIDTH, 5);
    String b = constant(graph, "head_b", 5);
    graph.node("Gemm", List.of(flat, w, b), List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.batchOf(5));
    return graph.build();
  }

  private String convolution(
      GraphBuilder graph, String x, String name, int channels, int groups, boolean relu) {
    String w = constant(graph, name + "_w", WIDTH, channels, 3, 3);
    String b = constant(graph, name + "_b", WIDTH);
    String y =
        graph.node(
            "Conv",
            List.of(x, w, b),
            Attributes.ofLongs("pads", 1, 1, 1, 1),
            Attributes.of("group", groups));
    return relu ? graph.node("Relu", List.of(y)) : y;
  }

  private String constant(GraphBuilder graph, String name, long... shape) {
    float[] values = new float[Math.toIntExact(Tensors.count(shape))];
    double spread = Math.sqrt(2.0 * shape[0] / values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (spread * random.nextGaussian());
    }
    return graph.constant(Tensors.floats(name, shape, values));
  }

  private List<float[]> images() {
    List<float[]> made = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      float[] image = new float[CHANNELS * SIDE * SIDE];
      for (int j = 0; j < image.length; j++) {
        image[j] = (float) random.nextGaussian();
      }
      made.add(image);
    }
    return made;
  }

  private QuantizeResult quantize(OnnxModel model, QuantizeOptions options) {
    List<Long> shape = List.of(1L, (long) CHANNELS, (long) SIDE, (long) SIDE);
    return Quantizer.quantize(
        model,
        options,
        () ->
            images.stream()
                .map(image ->
                    Map.<String, CalibrationTensor>of(
                        "x", new CalibrationTensor.Floats(shape, image)))
                .iterator());
  }

  private static Map<String, Integer> kernels(OnnxModel model) {
    Map<String, Integer> kernels = new HashMap<>();
    RuntimeOptimizer.optimize(model, RuntimeOptimizer.Level.EXTENDED).nodes().stream()
        .map(Node::type)
        .forEach(type -> kernels.merge(type, 1, Integer::sum));
    return kernels;
  }

  private double decibel(OnnxModel exact, OnnxModel rough) throws OrtException {
    double signal = 0;
    double noise = 0;
    for (float[] image : images) {
      float[] expected = run(exact, image);
      float[] found = run(rough, image);
      for (int i = 0; i < expected.length; i++) {
        signal += (double) expected[i] * expected[i];
        noise += Math.pow((double) expected[i] - found[i], 2);
      }
    }
    return 10 * Math.log10(signal / noise);
  }

  private static float[] run(OnnxModel model, float[] image) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model.toBytes());
        OnnxTensor tensor =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(image), new long[] {1, CHANNELS, SIDE, SIDE});
        OrtSession.Result result = session.run(Map.of("x", tensor))) {
      FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return values;
    }
  }
}
