package dev.slipway.onnx.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AutoQuantizerTest {
  private static final int WIDTH = 64;

  private final Random random = new Random(3);
  private final OnnxModel model = perceptron();
  private final List<float[]> rows = rows();
  private final List<String> steps = new ArrayList<>();

  @Test
  void quantize_looseLimit_takesEightBits() {
    AutoQuantizer.Choice choice = quantize(20);

    QuantizeResult chosen = choice.chosen().orElseThrow();
    assertTrue(chosen.model().toBytes().length < 0.4 * model.toBytes().length);
    assertEquals(5, choice.trials().size(), choice.trials().toString());
    assertTrue(choice.best().orElseThrow().why().startsWith("good enough"));
    assertTrue(
        choice.trials().stream().anyMatch(trial -> trial.why().startsWith("kept: the smallest")));
    assertTrue(choice.trials().getLast().why().startsWith("not tried: an 8-bit recipe"));
    assertTrue(steps.contains("trying static-int8"), steps.toString());
  }

  @Test
  void quantize_limitThatOneLayerBreaks_leavesThatLayerInFloat() {
    AutoQuantizer.Choice whole = quantize(0);
    double whatStaticReaches = whole.trials().getFirst().decibel();

    AutoQuantizer.Choice choice = quantize(whatStaticReaches + 0.5);

    assertTrue(
        choice.trials().stream()
            .anyMatch(trial ->
                trial.options().recipe() == Recipe.STATIC_INT8
                    && trial.passed()
                    && !trial.options().excluded().isEmpty()),
        choice.trials().toString());
  }

  @Test
  void quantize_highLimit_takesFp16() {
    QuantizeResult chosen = quantize(60).chosen().orElseThrow();

    assertTrue(chosen.layers().getFirst().why().contains("16-bit"), chosen.layers().toString());
  }

  @Test
  void quantize_unreachableLimit_keepsTheFloatModelAndSaysWhatWasTried() {
    AutoQuantizer.Choice choice = quantize(200);

    assertTrue(choice.chosen().isEmpty());
    assertTrue(choice.trials().stream().noneMatch(AutoQuantizer.Trial::passed));
    assertTrue(choice.trials().size() >= 3);
  }

  @Test
  void decibel_sameModel_isInfiniteAndWithoutSamplesRefused() {
    assertEquals(Double.POSITIVE_INFINITY, Fidelity.decibel(model, model, this::samples));
    QuantizeException refused =
        assertThrows(
            QuantizeException.class, () -> Fidelity.decibel(model, model, CalibrationData.none()));
    assertEquals(QuantizeException.Code.CALIBRATION_MISSING, refused.code());
  }

  @Test
  void quantize_labels_decideByAccuracy() {
    Labels right = new Labels(rows.stream().map(this::decision).toList());
    AutoOptions strict =
        new AutoOptions(Target.ANY_X86, Set.of(), Optional.of(right), 0.2, 300, _ -> {});

    AutoQuantizer.Choice choice =
        AutoQuantizer.quantize(model, CalibrationSet.of(this::samples, rows.size()), strict);

    Comparison kept = choice.best().orElseThrow().comparison().orElseThrow();
    assertEquals(1, kept.exactMeasure().orElseThrow().value());
    assertTrue(kept.drop().orElseThrow() <= 0.2, kept.toString());
    assertEquals(rows.size() / 2, kept.samples(), "half of the samples judge");
  }

  @Test
  void quantize_labelsThatDoNotFit_areRefused() {
    Labels few = new Labels(List.of("1", "2"));

    QuantizeException refused =
        assertThrows(
            QuantizeException.class,
            () ->
                AutoQuantizer.quantize(
                    model,
                    CalibrationSet.of(this::samples, rows.size()),
                    new AutoOptions(Target.ANY_X86, Set.of(), Optional.of(few), 0.2, 30, _ -> {})));

    assertEquals(QuantizeException.Code.LABELS_MISMATCH, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains("2 labels for 32 samples"));
  }

  @Test
  void quantize_tooFewSamples_isRefused() {
    CalibrationSet seven = CalibrationSet.of(this::samples, rows.size()).part(place -> place < 7);

    QuantizeException refused =
        assertThrows(
            QuantizeException.class,
            () -> AutoQuantizer.quantize(model, seven, AutoOptions.defaults()));

    assertEquals(QuantizeException.Code.CALIBRATION_TOO_FEW, refused.code());
  }

  @Test
  void layerNoise_perceptron_growsTowardsTheOutput() {
    QuantizeResult result =
        Quantizer.quantize(model, QuantizeOptions.of(Recipe.STATIC_INT8), this::samples);

    Map<String, Double> layers = LayerNoise.of(model, result, this::samples);

    assertEquals(4, layers.size(), layers.toString());
    assertTrue(layers.values().stream().allMatch(decibel -> decibel > 15), layers.toString());
  }

  private String decision(float[] row) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model.toBytes());
        OnnxTensor x = OnnxTensor.createTensor(environment, new float[][] {row});
        OrtSession.Result result = session.run(Map.of("x", x))) {
      float[] outputs = ((float[][]) result.get(0).getValue())[0];
      int best = 0;
      for (int place = 1; place < outputs.length; place++) {
        best = outputs[place] > outputs[best] ? place : best;
      }
      return Integer.toString(best);
    } catch (OrtException failure) {
      throw new IllegalStateException("the sample model runs", failure);
    }
  }

  private AutoQuantizer.Choice quantize(double decibel) {
    return AutoQuantizer.quantize(
        model,
        CalibrationSet.of(this::samples, rows.size()),
        new AutoOptions(
            Target.ANY_X86, Set.of(), Optional.empty(), 0.005, decibel, step -> steps.add(step)));
  }

  private Iterator<Map<String, CalibrationTensor>> samples() {
    return rows.stream()
        .map(row ->
            Map.<String, CalibrationTensor>of(
                "x", new CalibrationTensor.Floats(List.of(1L, (long) WIDTH), row)))
        .iterator();
  }

  private OnnxModel perceptron() {
    GraphBuilder graph = GraphBuilder.named("perceptron");
    String value = graph.input("x", ElementType.FLOAT, Shape.batchOf(WIDTH));
    for (int layer = 0; layer < 4; layer++) {
      String w =
          graph.constant(
              Tensors.floats("w" + layer, new long[] {WIDTH, WIDTH}, gaussian(WIDTH * WIDTH)));
      String b = graph.constant(Tensors.floats("b" + layer, gaussian(WIDTH)));
      value = graph.node("Relu", List.of(graph.node("Gemm", List.of(value, w, b))));
    }
    graph.node("Identity", List.of(value), List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.batchOf(WIDTH));
    return graph.build();
  }

  private List<float[]> rows() {
    List<float[]> made = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      made.add(gaussian(WIDTH));
    }
    return made;
  }

  private float[] gaussian(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
