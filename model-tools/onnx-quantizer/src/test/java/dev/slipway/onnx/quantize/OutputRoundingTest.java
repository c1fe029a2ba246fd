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
import dev.slipway.onnx.graph.GraphEditor;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.graph.Tensors;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OutputRoundingTest {
  private static final int WIDTH = 32;
  private static final int SIDE = 7;
  private static final int CHANNELS = 4;

  private final Random random = new Random(41);

  @ParameterizedTest
  @EnumSource(Target.class)
  void dynamicInt8_withCalibration_losesLessOnOtherDataThanWithout(Target target) {
    OnnxModel model = linear();
    QuantizeOptions options = new QuantizeOptions(Recipe.DYNAMIC_INT8, target, Set.of());

    double plain = decibel(model, options.improving(Set.of()));
    double better = decibel(model, options);

    assertTrue(better > plain + 1, better + " against " + plain);
  }

  @Test
  void dynamicInt8_forAnyX86_pairsStaySafe() {
    OnnxModel model = linear();
    RoundedWeights weights =
        RoundedWeights.of(layer(model), Target.ANY_X86, List.of(row(), row(), row()));

    for (byte[] row : weights.rows()) {
      for (int i = 0; i < row.length; i += 2) {
        assertTrue(Math.max(0, row[i]) + Math.max(0, row[i + 1]) <= 128);
        assertTrue(Math.min(0, row[i]) + Math.min(0, row[i + 1]) >= -128);
      }
    }
  }

  @Test
  void unsignedWeights_forAnyX86_areAsCloseAsTheFullSignedRange() {
    OnnxModel model = linear();
    QuantizeOptions options = QuantizeOptions.of(Recipe.DYNAMIC_INT8);
    QuantizeOptions full = new QuantizeOptions(Recipe.DYNAMIC_INT8, Target.VNNI, Set.of());

    double unsigned =
        decibel(
            model,
            options.improving(Set.of(Improvement.UNSIGNED_WEIGHTS, Improvement.OUTPUT_ROUNDING)));

    assertEquals(decibel(model, full), unsigned, 0.01);
  }

  @Test
  void quantize_twice_givesTheSameBytes() {
    OnnxModel model = linear();
    QuantizeOptions options = QuantizeOptions.of(Recipe.DYNAMIC_INT8);

    assertArrayEquals(
        Quantizer.quantize(model, options, rows(1)).model().toBytes(),
        Quantizer.quantize(model, options, rows(1)).model().toBytes());
  }

  @Test
  void biasCorrection_offAndOn_changesStaticInt8() {
    OnnxModel model = linear();
    QuantizeOptions options = QuantizeOptions.of(Recipe.STATIC_INT8).improving(Set.of());

    double plain = decibel(model, options);
    double better = decibel(model, options.improving(EnumSet.of(Improvement.BIAS_CORRECTION)));

    assertTrue(better > plain, better + " against " + plain);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, NOTSET",
    "2, 1, 0, 2, NOTSET",
    "1, 2, 2, 4, NOTSET",
    "3, 1, 1, 1, NOTSET",
    "2, 1, 0, 1, SAME_UPPER",
    "2, 1, 0, 2, SAME_LOWER",
    "1, 1, 0, 1, VALID"
  })
  void row_timesWeights_isWhatOnnxRuntimeConvolves(
      int stride, int dilation, int pad, int groups, String autoPad) throws OrtException {
    OnnxModel model = convolution(stride, dilation, pad, groups, autoPad);
    WeightLayer layer = layer(model);
    long[] shape = {2, CHANNELS, SIDE, SIDE + 1};
    float[] image = gaussian(2 * CHANNELS * SIDE * (SIDE + 1));

    float[] expected = run(model, image, shape);

    int patches = Math.toIntExact(layer.rowsIn(shape));
    assertEquals(expected.length, patches * layer.outputs());
    int perImage = patches / 2;
    for (int patch = 0; patch < patches; patch++) {
      float[] row = layer.row(image, shape, patch);
      for (int output = 0; output < layer.outputs(); output++) {
        double sum = 0;
        for (int column = 0; column < layer.rows()[output].length; column++) {
          sum += layer.rows()[output][column] * row[layer.sampleColumn(output, column)];
        }
        int place = (patch / perImage * layer.outputs() + output) * perImage + patch % perImage;
        assertEquals(expected[place], sum, 1e-4);
      }
    }
  }

  private static double decibel(OnnxModel model, QuantizeOptions options) {
    // Measured on data that the quantizer has not seen.
    return Fidelity.decibel(model, Quantizer.quantize(model, options, rows(1)).model(), rows(2));
  }

  private OnnxModel linear() {
    GraphBuilder graph = GraphBuilder.named("linear");
    String x = graph.input("x", ElementType.FLOAT, Shape.batchOf(WIDTH));
    String w = graph.constant(Tensors.floats("w", new long[] {WIDTH, 8}, gaussian(WIDTH * 8)));
    String b = graph.constant(Tensors.floats("b", gaussian(8)));
    graph.node("Gemm", List.of(x, w, b), List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.batchOf(8));
    return graph.build();
  }

  private OnnxModel convolution(int stride, int dilation, int pad, int groups, String autoPad) {
    GraphBuilder graph = GraphBuilder.named("convolution");
    Shape open = new Shape(java.util.Collections.nCopies(4, new Shape.Dimension.Unknown()));
    String x = graph.input("x", ElementType.FLOAT, open);
    long[] shape = {CHANNELS, CHANNELS / groups, 3, 2};
    float[] kernels = gaussian(CHANNELS * CHANNELS / groups * 6);
    String w = graph.constant(Tensors.floats("w", shape, kernels));
    List<dev.slipway.onnx.proto.AttributeProto> attributes =
        new ArrayList<>(
            List.of(
                Attributes.ofLongs("strides", stride, stride),
                Attributes.ofLongs("dilations", dilation, dilation),
                Attributes.of("group", groups),
                Attributes.of("auto_pad", autoPad)));
    if (autoPad.equals("NOTSET")) {
      attributes.add(Attributes.ofLongs("pads", pad, 0, pad, pad));
    }
    graph.node(
        "Conv",
        List.of(x, w),
        List.of("y"),
        attributes.toArray(dev.slipway.onnx.proto.AttributeProto[]::new));
    graph.output("y", ElementType.FLOAT, open);
    return graph.build();
  }

  private static WeightLayer layer(OnnxModel model) {
    GraphEditor graph = GraphEditor.of(model);
    var node = graph.nodes().getFirst();
    var found = node.is("Conv") ? ConvolutionLayer.of(node, graph) : LinearLayer.of(node, graph);
    return ((WeightLayer.Found.Layer) found).layer();
  }

  /** Neighbouring inputs are alike, and the mean is not 0: what comes out of a ReLU. */
  private static CalibrationData rows(int seed) {
    Random random = new Random(seed);
    List<Map<String, CalibrationTensor>> samples = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      float[] values = new float[WIDTH];
      double level = random.nextGaussian();
      for (int j = 0; j < WIDTH; j++) {
        level = 0.8 * level + 0.6 * random.nextGaussian();
        values[j] = (float) Math.max(0, level);
      }
      samples.add(Map.of("x", new CalibrationTensor.Floats(List.of(1L, (long) WIDTH), values)));
    }
    return samples::iterator;
  }

  private float[] row() {
    return gaussian(WIDTH);
  }

  private float[] gaussian(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] run(OnnxModel model, float[] image, long[] shape) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model.toBytes());
        OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(image), shape);
        OrtSession.Result result = session.run(Map.of("x", tensor))) {
      FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return values;
    }
  }
}
