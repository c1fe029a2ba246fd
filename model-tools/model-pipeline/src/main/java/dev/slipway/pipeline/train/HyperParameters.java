package dev.slipway.pipeline.train;

import java.util.List;

/**
 * Everything that steers the training of one network.
 *
 * @param hiddenUnits units of each hidden layer; empty for a linear model
 * @param learningRate Adam's first learning rate, above 0; it falls along a cosine to a hundredth
 * @param l2 weight decay, 0 or more
 * @param dropout in [0, 1), after each hidden layer
 * @param batchSize rows per step, at least 1
 * @param maximumEpochs at least 1
 * @param patience epochs without a better validation loss before training stops, at least 1
 */
public record HyperParameters(
    List<Integer> hiddenUnits,
    double learningRate,
    double l2,
    double dropout,
    int batchSize,
    int maximumEpochs,
    int patience) {
  /** Copies and checks. */
  public HyperParameters {
    hiddenUnits = List.copyOf(hiddenUnits);
    if (!(learningRate > 0) || !(l2 >= 0) || batchSize < 1 || maximumEpochs < 1 || patience < 1) {
      throw new IllegalArgumentException(
          "learning rate %s, l2 %s, batch size %d, epochs %d, patience %d: one is out of its range"
              .formatted(learningRate, l2, batchSize, maximumEpochs, patience));
    }
  }

  /** {@return a short line for progress, search history and report} */
  public String describe() {
    return "hidden %s, rate %.2g, l2 %.2g, dropout %.2f, batch %d"
        .formatted(hiddenUnits, learningRate, l2, dropout, batchSize);
  }
}
