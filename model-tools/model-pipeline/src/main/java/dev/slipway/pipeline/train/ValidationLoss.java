package dev.slipway.pipeline.train;

import java.util.Arrays;

/** The loss by which models of different families are compared: unweighted, computed in double. */
final class ValidationLoss {
  private static final double LEAST_CHANCE = 1e-15;

  private ValidationLoss() {}

  /** {@return mean negative log-likelihood for classes, mean squared error for numbers} */
  static double of(TrainedNetwork network, Examples examples) {
    return Arrays.stream(perRow(network, examples)).average().orElse(Double.NaN);
  }

  /** {@return by how many standard errors the second network's loss is lower, row by row} */
  static double standardErrorsGained(
      TrainedNetwork simple, TrainedNetwork other, Examples examples) {
    double[] gains = perRow(simple, examples);
    double[] losses = perRow(other, examples);
    double mean = 0;
    for (int row = 0; row < gains.length; row++) {
      gains[row] -= losses[row];
      mean += gains[row] / gains.length;
    }
    double squares = 0;
    for (double gain : gains) {
      squares += (gain - mean) * (gain - mean);
    }
    double error = Math.sqrt(squares / Math.max(1, gains.length - 1) / gains.length);
    return mean / Math.max(error, Double.MIN_NORMAL);
  }

  private static double[] perRow(TrainedNetwork network, Examples examples) {
    Scores scores = network.score(examples.features());
    double[] losses = new double[examples.rows()];
    for (int row = 0; row < losses.length; row++) {
      losses[row] =
          switch (examples.target()) {
            case Target.Classes classes ->
                -Math.log(Math.max(LEAST_CHANCE, scores.softmax(row, 1)[classes.get(row)]));
            case Target.Numbers numbers -> Math.pow(scores.get(row, 0) - numbers.get(row), 2);
          };
    }
    return losses;
  }
}
