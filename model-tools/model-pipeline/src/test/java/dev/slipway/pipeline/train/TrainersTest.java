package dev.slipway.pipeline.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainersTest {
  @Test
  void linear_onALine_findsIt() {
    Random random = new Random(1);
    float[] x = new float[200];
    double[] y = new double[100];
    for (int row = 0; row < y.length; row++) {
      x[2 * row] = (float) random.nextGaussian();
      x[2 * row + 1] = (float) random.nextGaussian();
      y[row] = 3 * x[2 * row] - 2 * x[2 * row + 1] + 0.5;
    }
    TrainedNetwork network =
        new LinearTrainer()
            .train(
                new Examples(FeatureMatrix.of(100, 2, x), new Target.Numbers(y)),
                1e-9,
                ClassWeights.equal(1));
    assertArrayEquals(new float[] {3, -2}, network.weights().getFirst().kernel(), 1e-3f);
    assertArrayEquals(new float[] {0.5f}, network.weights().getFirst().bias(), 1e-3f);
  }

  @Test
  void folds_holdEveryRowOnce_andEveryClassEverywhere() {
    int[] labels = IntStream.range(0, 103).map(row -> row % 10 == 0 ? 1 : 0).toArray();
    int[] folds = Folds.assign(new Target.Classes(List.of("a", "b"), labels), 4, new Seeds(3));
    int held = 0;
    for (int fold = 0; fold < 4; fold++) {
      int[] inside = Folds.rows(folds, fold, true);
      held += inside.length;
      assertEquals(labels.length, inside.length + Folds.rows(folds, fold, false).length);
      assertTrue(IntStream.of(inside).anyMatch(row -> labels[row] == 1), "fold " + fold);
    }
    assertEquals(labels.length, held);
  }

  @Test
  void ensemble_saysTheMeanOfItsMembers() {
    FeatureMatrix rows = FeatureMatrix.of(2, 3, new float[] {1, -2, 3, 0.5f, 0, -1});
    TrainedNetwork one = network(1);
    TrainedNetwork two = network(2);
    Scores mean = Ensemble.average(List.of(one, two)).score(rows);
    for (int row = 0; row < 2; row++) {
      double expected = (one.score(rows).get(row, 0) + two.score(rows).get(row, 0)) / 2;
      assertEquals(expected, mean.get(row, 0), 1e-5);
    }
  }

  @Test
  void standardErrorsGained_manyRowsBetter_isFarAboveOne_chanceIsNot() {
    double[] targets = IntStream.range(0, 40).mapToDouble(row -> row % 2 == 0 ? 1 : -1).toArray();
    Examples rows =
        new Examples(FeatureMatrix.of(40, 1, new float[40]), new Target.Numbers(targets));
    Examples ones =
        new Examples(
            FeatureMatrix.of(4, 1, new float[4]),
            new Target.Numbers(new double[] {1, 1.1, 0.9, 1}));

    assertEquals(0, ValidationLoss.standardErrorsGained(constant(0), constant(0), rows));
    assertTrue(ValidationLoss.standardErrorsGained(constant(0), constant(1), ones) > 5);
    assertTrue(ValidationLoss.standardErrorsGained(constant(1), constant(0), ones) < -5);
    // Better on half of the rows and worse on the others.
    assertTrue(
        Math.abs(ValidationLoss.standardErrorsGained(constant(0), constant(0.1f), rows)) < 1);
  }

  private static TrainedNetwork constant(float answer) {
    return new TrainedNetwork(
        NetworkSpec.linear(1, 1),
        List.of(new DenseWeights(1, 1, new float[1], new float[] {answer})));
  }

  private static TrainedNetwork network(long seed) {
    Random random = new Random(seed);
    float[] first = new float[12];
    float[] second = new float[4];
    for (int index = 0; index < first.length; index++) {
      first[index] = (float) random.nextGaussian();
    }
    for (int index = 0; index < second.length; index++) {
      second[index] = (float) random.nextGaussian();
    }
    return new TrainedNetwork(
        NetworkSpec.perceptron(3, List.of(4), 0, 1),
        List.of(
            new DenseWeights(4, 3, first, new float[] {1, 2, 3, 4}),
            new DenseWeights(1, 4, second, new float[] {(float) seed})));
  }
}
