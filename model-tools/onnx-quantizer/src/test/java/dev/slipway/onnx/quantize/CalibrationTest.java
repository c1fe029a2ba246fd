package dev.slipway.onnx.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphBuilder;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.graph.Tensors;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CalibrationTest {
  private static final int WIDTH = 32;

  private final Random random = new Random(3);
  private final OnnxModel model = model(1);

  @Test
  void entropy_gaussianWithAnOutlier_cutsTheOutlierOff() {
    ActivationStatistics statistics = new ActivationStatistics();
    float[] values = gaussian(100_000);
    values[17] = 50;
    statistics.widen(values, 0, 0);
    statistics.count(values);

    ValueRange range = RangeMethod.ENTROPY.choose(statistics);

    assertTrue(range.maximum() < 25 && range.maximum() > 2.5, range.toString());
    assertTrue(range.minimum() < -2.5, range.toString());
  }

  @Test
  void entropy_uniformValues_keepsTheExtremes() {
    ActivationStatistics statistics = new ActivationStatistics();
    float[] values = new float[100_000];
    IntStream.range(0, values.length).forEach(i -> values[i] = random.nextFloat() * 2 - 1);
    statistics.widen(values, 0, 0);
    statistics.count(values);

    ValueRange range = RangeMethod.ENTROPY.choose(statistics);

    assertTrue(range.maximum() > 0.95 && range.minimum() < -0.95, range.toString());
  }

  @Test
  void entropy_nothingButZeros_isARange() {
    ActivationStatistics statistics = new ActivationStatistics();
    statistics.widen(new float[8], 0, 0);
    statistics.count(new float[8]);

    assertEquals(ValueRange.NOTHING, RangeMethod.ENTROPY.choose(statistics));
  }

  @Test
  void cutOff_halfOfTheValuesBeyond_isAHalf() {
    ActivationStatistics statistics = new ActivationStatistics();
    float[] values = {1, 1, 3, 4};
    statistics.widen(values, 0, 0);
    statistics.count(values);

    assertEquals(0.5, statistics.cutOff(new ValueRange(0, 2)));
  }

  @Test
  void quantize_fewSamples_isFound() {
    assertEquals(Finding.Code.FEW_SAMPLES, onlyFinding(samples(Findings.FEW_SAMPLES - 1)));
    assertTrue(quantize(samples(Findings.FEW_SAMPLES)).findings().isEmpty());
  }

  @Test
  void saturation_aboveOnePercent_namesTheLayer() {
    Findings findings = new Findings();
    var node = model.nodes().getLast();
    findings.saturation(node, 0.005, ValueRange.NOTHING);
    findings.saturation(node, 0.02, ValueRange.NOTHING);

    QuantizeResult result =
        Findings.result(
            model,
            QuantizeOptions.of(Recipe.STATIC_INT8),
            List.of(new LayerOutcome("y/Gemm", "Gemm", true, "")),
            findings);

    assertEquals(1, result.findings().size());
    Finding finding = result.findings().getFirst();
    assertEquals(Finding.Code.LAYER_SATURATES, finding.code());
    assertTrue(finding.message().contains("layer 'y/Gemm': 2.0 %"), finding.message());
  }

  @Test
  void quantize_forVnni_saysWhereTheModelIsWrong() {
    QuantizeOptions options = new QuantizeOptions(Recipe.DYNAMIC_INT8, Target.VNNI, Set.of());

    List<Finding> findings = Quantizer.quantize(model, options, CalibrationData.none()).findings();

    assertEquals(Finding.Code.TARGET_ONLY, findings.getFirst().code());
  }

  @Test
  void quantize_everythingExcluded_saysThatNothingWasDone() {
    QuantizeOptions options = QuantizeOptions.of(Recipe.STATIC_INT8).excluding(Set.of("y/Gemm"));

    List<Finding> findings = Quantizer.quantize(model, options, samples(20)).findings();

    assertEquals(Finding.Code.NOTHING_QUANTIZED, findings.getFirst().code());
  }

  @ParameterizedTest
  @EnumSource(
      value = Recipe.class,
      names = {"STATIC_INT8", "DYNAMIC_INT8"})
  void quantize_sampleThatDoesNotFit_namesEveryProblem(Recipe recipe) {
    CalibrationData wrong =
        () ->
            List.<Map<String, CalibrationTensor>>of(
                    Map.of("z", new CalibrationTensor.Floats(List.of(1L), new float[1])))
                .iterator();

    String message = refusal(recipe, wrong);

    assertTrue(message.startsWith("CALIBRATION_MISMATCH: calibration sample 0"), message);
    assertTrue(message.contains("input 'x' is missing"), message);
    assertTrue(message.contains("the model has no input 'z', only [x]"), message);
  }

  @Test
  void quantize_wrongTypeAndShape_saysWhatWasExpectedAndFound() {
    CalibrationData wrong =
        () ->
            List.<Map<String, CalibrationTensor>>of(
                    Map.of("x", new CalibrationTensor.Longs(List.of(1L, 2L), new long[2])))
                .iterator();

    String message = refusal(Recipe.STATIC_INT8, wrong);

    assertTrue(message.contains("input 'x' is FLOAT, found INT64"), message);
    assertTrue(message.contains("has shape [N,32], found [1, 2]"), message);
  }

  @Test
  void quantize_infiniteInnerValue_isNamed() {
    OnnxModel huge = model(Float.MAX_VALUE);

    String message = refusal(huge, Recipe.STATIC_INT8, samples(12));

    assertTrue(message.startsWith("CALIBRATION_NOT_FINITE: value 'h'"), message);
  }

  private String refusal(Recipe recipe, CalibrationData samples) {
    return refusal(model, recipe, samples);
  }

  private static String refusal(OnnxModel model, Recipe recipe, CalibrationData samples) {
    return String.valueOf(
        assertThrows(
                QuantizeException.class,
                () -> Quantizer.quantize(model, QuantizeOptions.of(recipe), samples))
            .getMessage());
  }

  private Finding.Code onlyFinding(CalibrationData samples) {
    List<Finding> findings = quantize(samples).findings();
    assertEquals(1, findings.size(), findings.toString());
    return findings.getFirst().code();
  }

  private QuantizeResult quantize(CalibrationData samples) {
    return Quantizer.quantize(model, QuantizeOptions.of(Recipe.STATIC_INT8), samples);
  }

  private OnnxModel model(float factor) {
    GraphBuilder graph = GraphBuilder.named("gemm");
    String x = graph.input("x", ElementType.FLOAT, Shape.batchOf(WIDTH));
    String f = graph.constant(Tensors.scalar("f", factor));
    graph.node("Mul", List.of(x, f), List.of("g"));
    graph.node("Mul", List.of("g", f), List.of("h"));
    String w = graph.constant(Tensors.floats("w", new long[] {WIDTH, 4}, gaussian(WIDTH * 4)));
    String b = graph.constant(Tensors.floats("b", gaussian(4)));
    graph.node("Gemm", List.of("h", w, b), List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.batchOf(4));
    return graph.build();
  }

  private static CalibrationData samples(int count) {
    return () ->
        IntStream.range(0, count)
            .mapToObj(index -> {
              Random random = new Random(index);
              float[] values = new float[WIDTH];
              IntStream.range(0, WIDTH).forEach(i -> values[i] = (float) random.nextGaussian());
              return Map.<String, CalibrationTensor>of(
                  "x", new CalibrationTensor.Floats(List.of(1L, (long) WIDTH), values));
            })
            .iterator();
  }

  private float[] gaussian(int count) {
    float[] values = new float[count];
    IntStream.range(0, count).forEach(i -> values[i] = (float) random.nextGaussian());
    return values;
  }
}
