package dev.slipway.pipeline.train;

/**
 * Featurised rows with their targets.
 *
 * @param features one row per example
 * @param target as many entries as there are rows
 */
public record Examples(FeatureMatrix features, Target target) {
  /** Refuses different row counts. */
  public Examples {
    if (features.rows() != target.rows()) {
      throw new IllegalArgumentException(
          "%d rows of features but %d targets".formatted(features.rows(), target.rows()));
    }
  }

  /** {@return how many examples} */
  public int rows() {
    return features.rows();
  }

  /** {@return the examples named, in that order} */
  public Examples select(int[] rowIndexes) {
    return new Examples(features.select(rowIndexes), target.select(rowIndexes));
  }

  /** {@return these examples followed by the other's} */
  public Examples append(Examples other) {
    return new Examples(features.append(other.features), target.append(other.target));
  }
}
