package dev.slipway.onnx.quantize.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.conformance.Figures;
import dev.slipway.onnx.graph.conformance.RuntimeRun;
import dev.slipway.onnx.quantize.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random graphs go through every recipe, load and run, and stay close in 8 bits. */
class RandomGraphTest {
  private static final double LEAST_DECIBEL = 20;

  private final List<String> faults = new ArrayList<>();
  private final List<String> notRun = new ArrayList<>();
  private int models;
  private int quantized;

  @Test
  void everyRecipe_someRandomGraphs_runAndStayClose() {
    judge(0, 150);
  }

  @Test
  @Tag("nightly")
  void everyRecipe_manyRandomGraphs_runAndStayClose() {
    judge(150, 5_000);
  }

  private void judge(int from, int to) {
    for (int seed = from; seed < to; seed++) {
      judge(seed);
    }
    Figures.write(
        "random-" + (to - from),
        "%d graphs run, %d times quantized, %d faults".formatted(models, quantized, faults.size()),
        faults);
    assertEquals(List.of(), faults.stream().limit(10).toList());
    Figures.write("random-not-run-" + (to - from), notRun.size() + " do not run", notRun);
    assertTrue(models > (to - from) * 9 / 10, notRun::toString);
  }

  private void judge(int seed) {
    RandomGraph.Sample sample = RandomGraph.of(seed);
    OnnxModel model = OnnxModel.of(sample.model());
    Map<String, RuntimeRun.Value> expected;
    try {
      expected = RuntimeRun.run(model.toBytes(), sample.inputs());
    } catch (OrtException e) {
      notRun.add(seed + ": " + e.getMessage());
      return;
    }
    models++;
    for (Recipe recipe : Recipe.values()) {
      Trial.Outcome outcome = Trial.of(model, sample.inputs(), expected, recipe);
      String name = "seed " + seed + ", " + recipe.word();
      outcome.fault().ifPresent(fault -> faults.add(name + ": " + fault));
      quantized += outcome.quantized() > 0 ? 1 : 0;
      if (outcome.fault().isEmpty()
          && outcome.quantized() > 0
          && recipe != Recipe.WEIGHT_INT4
          && !(outcome.decibel() >= LEAST_DECIBEL)) {
        faults.add("%s: %.1f dB".formatted(name, outcome.decibel()));
      }
    }
  }
}
