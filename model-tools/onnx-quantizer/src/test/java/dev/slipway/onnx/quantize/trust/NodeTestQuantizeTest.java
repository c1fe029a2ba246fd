package dev.slipway.onnx.quantize.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.conformance.Figures;
import dev.slipway.onnx.graph.conformance.NodeTests;
import dev.slipway.onnx.graph.conformance.RuntimeRun;
import dev.slipway.onnx.quantize.Recipe;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Every node test that ONNX Runtime runs goes through every recipe and runs again: layers are
 * quantized, or stay in float and say why. Each model is tried as it is and with its later inputs
 * as constants, since most of these models are given their weights.
 */
class NodeTestQuantizeTest {
  private final List<String> faults = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final Map<Recipe, Long> quantized = new EnumMap<>(Recipe.class);
  private int models;

  @Test
  void allNodeTests_everyRecipe_run() {
    judge(NodeTests.all(), 2_500);
  }

  @Test
  void graphsOfSeveralNodes_everyRecipe_run() {
    judge(NodeTests.graphs(), 100);
  }

  private void judge(List<NodeTests.Case> cases, int least) {
    for (NodeTests.Case one : cases) {
      Optional<RuntimeRun.Prepared> prepared = one.prepared();
      prepared.ifPresent(p -> judge(one.name(), p));
      prepared
          .flatMap(Trial::withConstants)
          .ifPresent(p -> judge(one.name() + " with constants", p));
    }
    Figures.write(
        "quantize-" + cases.size(),
        "%d files, %d models run; quantized: %s; %d faults"
            .formatted(cases.size(), models, quantized, faults.size()),
        lines);
    Figures.write("quantize-faults-" + cases.size(), faults.size() + " faults", faults);
    assertEquals(List.of(), faults.stream().limit(10).toList());
    assertTrue(models >= least, "only " + models + " ran");
  }

  private void judge(String name, RuntimeRun.Prepared prepared) {
    OnnxModel model = OnnxModel.of(prepared.model());
    Map<String, RuntimeRun.Value> expected;
    try {
      expected = RuntimeRun.run(model.toBytes(), prepared.given());
    } catch (OrtException _) {
      return;
    }
    models++;
    for (Recipe recipe : Recipe.values()) {
      Trial.Outcome outcome = Trial.of(model, prepared.given(), expected, recipe);
      outcome.fault().ifPresent(fault -> faults.add(name + ", " + recipe.word() + ": " + fault));
      if (outcome.quantized() > 0) {
        quantized.merge(recipe, 1L, Long::sum);
        lines.add(
            String.format(Locale.ROOT, "%s, %s: %.1f dB", name, recipe.word(), outcome.decibel()));
      } else if (!outcome.left().isEmpty()) {
        lines.add("%s, %s: left, %s".formatted(name, recipe.word(), outcome.left()));
      }
    }
  }
}
