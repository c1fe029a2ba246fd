package dev.slipway.onnx.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphBuilder;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.graph.Tensors;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuantizerTest {
  private static final int INPUTS = 30;
  private static final int HIDDEN = 64;
  private static final int OUTPUTS = 5;
  private static final int ROWS = 64;

  private final OnnxModel model = perceptron();
  private final List<float[]> samples = samples();

  @Test
  void dynamicInt8_staysWithin30Decibel() throws OrtException {
    QuantizeResult result = quantize(Recipe.DYNAMIC_INT8, Target.ANY_X86);
    assertEquals(3, result.quantizedLayers());
    assertTrue(decibel(result.model()) > 30, "SQNR " + decibel(result.model()));
  }

  @Test
  void staticInt8_staysWithin30Decibel() throws OrtException {
    QuantizeResult result = quantize(Recipe.STATIC_INT8, Target.ANY_X86);
    assertEquals(3, result.quantizedLayers());
    assertTrue(decibel(result.model()) > 30, "SQNR " + decibel(result.model()));
  }

  @Test
  void staticInt8_forVnni_isCloserThanForAnyX86() throws OrtException {
    double any = decibel(quantize(Recipe.STATIC_INT8, Target.ANY_X86).model());
    double full = decibel(quantize(Recipe.STATIC_INT8, Target.VNNI).model());
    assertTrue(full > any, full + " against " + any);
  }

  @Test
  void fp16_staysWithin60DecibelAtHalfTheSize() throws OrtException {
    QuantizeResult result = quantize(Recipe.FP16, Target.ANY_X86);
    assertTrue(decibel(result.model()) > 60, "SQNR " + decibel(result.model()));
    assertTrue(result.model().initializerBytes() < 0.55 * model.initializerBytes());
  }

  @Test
  void weightInt8_staysWithin38Decibel() throws OrtException {
    QuantizeResult result = quantize(Recipe.WEIGHT_INT8, Target.ANY_X86);
    assertEquals(3, result.quantizedLayers());
    assertTrue(decibel(result.model()) > 38, "SQNR " + decibel(result.model()));
  }

  @Test
  void weightInt4_staysWithin13DecibelAtAFifthOfTheSize() throws OrtException {
    QuantizeResult result = quantize(Recipe.WEIGHT_INT4, Target.ANY_X86);
    assertEquals(3, result.quantizedLayers());
    assertTrue(decibel(result.model()) > 13, "SQNR " + decibel(result.model()));
    assertTrue(result.model().initializerBytes() < 0.22 * model.initializerBytes());
  }

  @Test
  void dynamicInt8_embedding_isStoredInBytes() throws OrtException {
    GraphBuilder graph = GraphBuilder.named("embedding");
    String x = graph.input("x", ElementType.FLOAT, Shape.batchOf(INPUTS));
    float[] table = gaussian(new Random(8), 200 * HIDDEN);
    String rows = graph.constant(Tensors.floats("table", new long[] {200, HIDDEN}, table));
    String ids =
        graph.node(
            "Cast",
            List.of(graph.node("Abs", List.of(x))),
            dev.slipway.onnx.graph.Attributes.of("to", ElementType.INT64.number()));
    graph.node("Gather", List.of(rows, ids), List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.batchOf(INPUTS, HIDDEN));
    OnnxModel floats = graph.build();

    QuantizeResult result =
        Quantizer.quantize(floats, QuantizeOptions.of(Recipe.DYNAMIC_INT8), CalibrationData.none());

    assertEquals(1, result.quantizedLayers(), result.layers().toString());
    assertTrue(result.model().initializerBytes() < 0.28 * floats.initializerBytes());
    double decibel = decibel(floats, result.model());
    assertTrue(decibel > 40, "SQNR " + decibel);
  }

  @Test
  void int8_isAboutAQuarterOfTheSize() {
    for (Recipe recipe : List.of(Recipe.DYNAMIC_INT8, Recipe.STATIC_INT8)) {
      long bytes = quantize(recipe, Target.ANY_X86).model().initializerBytes();
      assertTrue(bytes < 0.35 * model.initializerBytes(), recipe + " " + bytes);
    }
  }

  @Test
  void sameInput_givesTheSameBytes() {
    for (Recipe recipe : Recipe.values()) {
      assertArrayEquals(
          quantize(recipe, Target.ANY_X86).model().toBytes(),
          quantize(recipe, Target.ANY_X86).model().toBytes());
    }
  }

  @Test
  void excludedNode_staysInFloatAndSaysSo() {
    String node = model.nodes().getFirst().name();
    QuantizeResult result =
        Quantizer.quantize(
            model,
            new QuantizeOptions(Recipe.DYNAMIC_INT8, Target.ANY_X86, Set.of(node)),
            CalibrationData.none());
    LayerOutcome left =
        result.layers().stream().filter(layer -> !layer.quantized()).findFirst().orElseThrow();
    assertEquals(node, left.node());
    assertTrue(left.why().contains("excluded"));
  }

  @Test
  void staticInt8_withoutSamples_isRefused() {
    QuantizeException refused =
        assertThrows(
            QuantizeException.class,
            () ->
                Quantizer.quantize(
                    model, QuantizeOptions.of(Recipe.STATIC_INT8), CalibrationData.none()));
    assertEquals(QuantizeException.Code.CALIBRATION_MISSING, refused.code());
  }

  @Test
  void staticInt8_withAnotherShape_isRefused() {
    CalibrationData wrong =
        () ->
            List.<Map<String, CalibrationTensor>>of(
                    Map.of("x", new CalibrationTensor.Floats(List.of(1L, 2L), new float[2])))
                .iterator();
    QuantizeException refused =
        assertThrows(
            QuantizeException.class,
            () -> Quantizer.quantize(model, QuantizeOptions.of(Recipe.STATIC_INT8), wrong));
    assertEquals(QuantizeException.Code.CALIBRATION_MISMATCH, refused.code());
  }

  @Test
  void staticInt8_withNotANumber_isRefused() {
    float[] values = new float[INPUTS];
    values[3] = Float.NaN;
    CalibrationData wrong = () -> List.of(sample(values)).iterator();
    QuantizeException refused =
        assertThrows(
            QuantizeException.class,
            () -> Quantizer.quantize(model, QuantizeOptions.of(Recipe.STATIC_INT8), wrong));
    assertEquals(QuantizeException.Code.CALIBRATION_NOT_FINITE, refused.code());
  }

  @Test
  void computedWeights_stayInFloat() {
    GraphBuilder graph = GraphBuilder.named("product");
    String a = graph.input("a", ElementType.FLOAT, Shape.of(2, 2));
    String b = graph.input("b", ElementType.FLOAT, Shape.of(2, 2));
    graph.node("MatMul", List.of(a, b), List.of("c"));
    graph.output("c", ElementType.FLOAT, Shape.of(2, 2));
    QuantizeResult result =
        Quantizer.quantize(
            graph.build(), QuantizeOptions.of(Recipe.DYNAMIC_INT8), CalibrationData.none());
    assertFalse(result.layers().getFirst().quantized());
    assertTrue(result.layers().getFirst().why().contains("computed"));
  }

  private QuantizeResult quantize(Recipe recipe, Target target) {
    return Quantizer.quantize(
        model,
        new QuantizeOptions(recipe, target, Set.of()),
        () -> samples.stream().map(QuantizerTest::sample).iterator());
  }

  private static Map<String, CalibrationTensor> sample(float[] row) {
    return Map.of("x", new CalibrationTensor.Floats(List.of(1L, (long) row.length), row));
  }

  /** Signal-to-quantization-noise ratio of the outputs over all samples. */
  private double decibel(OnnxModel quantized) throws OrtException {
    return decibel(model, quantized);
  }

  private double decibel(OnnxModel model, OnnxModel quantized) throws OrtException {
    double signal = 0;
    double noise = 0;
    for (float[] row : samples) {
      float[] exact = run(model, row);
      float[] rough = run(quantized, row);
      for (int index = 0; index < exact.length; index++) {
        signal += (double) exact[index] * exact[index];
        noise += Math.pow((double) exact[index] - rough[index], 2);
      }
    }
    return 10 * Math.log10(signal / noise);
  }

  private static float[] run(OnnxModel model, float[] row) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model.toBytes());
        OnnxTensor tensor =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(row), new long[] {1, INPUTS});
        OrtSession.Result result = session.run(Map.of("x", tensor))) {
      OnnxTensor y = (OnnxTensor) result.get(0);
      FloatBuffer buffer = y.getFloatBuffer();
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return values;
    }
  }

  /** x → MatMul → Relu → Gemm (W transposed) → Relu → Gemm. */
  private static OnnxModel perceptron() {
    Random random = new Random(5);
    GraphBuilder graph = GraphBuilder.named("perceptron");
    String x = graph.input("x", ElementType.FLOAT, Shape.batchOf(INPUTS));
    String first =
        graph.constant(
            Tensors.floats("w1", new long[] {INPUTS, HIDDEN}, gaussian(random, INPUTS * HIDDEN)));
    String hidden = graph.node("Relu", List.of(graph.node("MatMul", List.of(x, first))));
    String second =
        graph.constant(
            Tensors.floats("w2", new long[] {HIDDEN, HIDDEN}, gaussian(random, HIDDEN * HIDDEN)));
    String bias = graph.constant(Tensors.floats("b2", gaussian(random, HIDDEN)));
    String next =
        graph.node(
            "Relu",
            List.of(
                graph.node(
                    "Gemm",
                    List.of(hidden, second, bias),
                    dev.slipway.onnx.graph.Attributes.of("transB", 1))));
    String third =
        graph.constant(
            Tensors.floats("w3", new long[] {HIDDEN, OUTPUTS}, gaussian(random, HIDDEN * OUTPUTS)));
    String last = graph.constant(Tensors.floats("b3", gaussian(random, OUTPUTS)));
    graph.node("Gemm", List.of(next, third, last), List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.batchOf(OUTPUTS));
    return graph.build();
  }

  private static List<float[]> samples() {
    Random random = new Random(6);
    List<float[]> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      rows.add(gaussian(random, INPUTS));
    }
    return rows;
  }

  private static float[] gaussian(Random random, int count) {
    float[] values = new float[count];
    for (int index = 0; index < count; index++) {
      values[index] = (float) random.nextGaussian();
    }
    return values;
  }
}
