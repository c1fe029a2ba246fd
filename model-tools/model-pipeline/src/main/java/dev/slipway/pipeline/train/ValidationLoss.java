package dev.slipway.pipeline.train;

/** The loss by which models of different families are compared: unweighted, computed in double. */
final class ValidationLoss {
  private static final double LEAST_CHANCE = 1e-15;

  private ValidationLoss() {}

  /** {@return mean negative log-likelihood for classes, mean squared error for numbers} */
  static double of(TrainedNetwork network, Examples examples) {
    Scores scores = network.score(examples.features());
    double sum = 0;
    for (int row = 0; row < examples.rows(); row++) {
      sum +=
          switch (examples.target()) {
            case Target.Classes classes ->
                -Math.log(Math.max(LEAST_CHANCE, scores.softmax(row, 1)[classes.get(row)]));
            case Target.Numbers numbers -> Math.pow(scores.get(row, 0) - numbers.get(row), 2);
          };
    }
    return sum / examples.rows();
  }
}
