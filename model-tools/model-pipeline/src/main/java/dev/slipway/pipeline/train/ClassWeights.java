package dev.slipway.pipeline.train;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How much one row of each class counts in the loss. */
public final class ClassWeights {
  /** A class below this part of its fair share (rows by classes) is rare. */
  static final double RARE = 0.2;

  private final double[] weights;

  private ClassWeights(double[] weights) {
    this.weights = weights;
  }

  /** {@return weight 1 for every class} */
  public static ClassWeights equal(int classes) {
    double[] weights = new double[classes];
    Arrays.fill(weights, 1);
    return new ClassWeights(weights);
  }

  /**
   * {@return equal weights while every class has a fifth of its fair share, else weights by the
   * square root of rarity}
   *
   * <p>The root is between doing nothing, which forgets a rare class, and full balance, which makes
   * its probabilities far too high. Classes without rows weigh 1.
   */
  public static ClassWeights forCounts(int[] counts) {
    int rows = IntStream.of(counts).sum();
    double fairShare = (double) rows / counts.length;
    int smallest = IntStream.of(counts).min().orElseThrow();
    if (smallest >= RARE * fairShare) {
      return equal(counts.length);
    }
    return new ClassWeights(
        IntStream.of(counts)
            .mapToDouble(count -> count == 0 ? 1 : Math.sqrt(fairShare / count))
            .toArray());
  }

  /** {@return the weight of one class, above 0} */
  public double get(int index) {
    return weights[index];
  }
}
