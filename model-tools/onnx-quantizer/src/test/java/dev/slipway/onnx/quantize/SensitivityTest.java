package dev.slipway.onnx.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphBuilder;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.graph.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SensitivityTest {
  private static final int WIDTH = 64;

  @Test
  void of_oneLayerWithAnOutlierInEachRow_namesItFirst() {
    OnnxModel model = model();
    List<String> seen = new ArrayList<>();

    List<Sensitivity.Cost> costs =
        Sensitivity.of(
            model, QuantizeOptions.of(Recipe.DYNAMIC_INT8), SensitivityTest::samples, seen::add);

    assertEquals(3, costs.size());
    assertEquals(3, seen.size());
    assertEquals("hard/Gemm", costs.getFirst().layer());
    assertTrue(costs.getFirst().decibel() + 2 < costs.get(1).decibel(), costs::toString);
  }

  @Test
  void of_excludedLayer_isLeftOut() {
    List<Sensitivity.Cost> costs =
        Sensitivity.of(
            model(),
            QuantizeOptions.of(Recipe.DYNAMIC_INT8).excluding(java.util.Set.of("hard/Gemm")),
            SensitivityTest::samples,
            _ -> {});

    assertEquals(2, costs.size());
    assertTrue(costs.stream().noneMatch(cost -> cost.layer().equals("hard/Gemm")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 11, 19, 20})
  void fewestSearch_anyLimit_isFoundWithFewTrials(int limit) {
    int[] trials = {0};

    OptionalInt found =
        FewestSearch.until(
            20,
            number -> {
              trials[0]++;
              return number >= limit;
            });

    assertEquals(OptionalInt.of(limit), found);
    assertTrue(trials[0] <= 10, "trials " + trials[0]);
  }

  @Test
  void fewestSearch_nothingIsEnough_isEmpty() {
    assertEquals(OptionalInt.empty(), FewestSearch.until(5, _ -> false));
    assertEquals(OptionalInt.empty(), FewestSearch.until(0, _ -> true));
  }

  private static java.util.Iterator<Map<String, CalibrationTensor>> samples() {
    Random random = new Random(2);
    return IntStream.range(0, 16)
        .mapToObj(_ -> {
          float[] values = new float[WIDTH];
          for (int i = 0; i < WIDTH; i++) {
            values[i] = (float) random.nextGaussian();
          }
          return Map.<String, CalibrationTensor>of(
              "x", new CalibrationTensor.Floats(List.of(1L, (long) WIDTH), values));
        })
        .iterator();
  }

  /** The second of three layers has one weight in each row that is far larger than the others. */
  private static OnnxModel model() {
    GraphBuilder graph = GraphBuilder.named("three");
    graph.input("x", ElementType.FLOAT, Shape.of(1, WIDTH));
    Random random = new Random(1);
    String value = "x";
    for (String name : List.of("easy", "hard", "easier")) {
      float[] weights = new float[WIDTH * WIDTH];
      for (int i = 0; i < weights.length; i++) {
        boolean outlier = name.equals("hard") && i % WIDTH == 5;
        weights[i] = (float) (random.nextGaussian() / 8 * (outlier ? 60 : 1));
      }
      graph.constant(Tensors.floats(name + "_w", new long[] {WIDTH, WIDTH}, weights));
      graph.node("Gemm", List.of(value, name + "_w"), List.of(name), Attributes.of("transB", 1));
      value = name;
    }
    graph.node("Identity", List.of(value), List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.of(1, WIDTH));
    return graph.build();
  }
}
