package dev.slipway.dataset;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Numbers that lie far outside the middle half of a column: more than {@value #FAR} times its width
 * away (Tukey, Exploratory Data Analysis, 1977, calls 3 times "far out"; skewed columns go beyond
 * that without a mistake, so more is asked here).
 */
final class Outliers {
  private static final double FAR = 10;

  private Outliers() {}

  static Optional<String> find(Dataset dataset, int feature) {
    return find(
        IntStream.range(0, dataset.rows()).mapToDouble(row -> dataset.number(row, feature)));
  }

  static Optional<String> find(DatasetTarget.Values target) {
    return find(IntStream.range(0, target.rows()).mapToDouble(target::value));
  }

  private static Optional<String> find(DoubleStream numbers) {
    double[] values = numbers.filter(value -> !Double.isNaN(value)).sorted().toArray();
    if (values.length == 0) {
      return Optional.empty();
    }
    double lower = values[values.length / 4];
    double upper = values[values.length * 3 / 4];
    double width = upper - lower;
    long far =
        Arrays.stream(values)
            .filter(value -> value < lower - FAR * width || value > upper + FAR * width)
            .count();
    // A column that is one value almost everywhere has no middle half to compare with.
    return far == 0 || width == 0
        ? Optional.empty()
        : Optional.of(
            "has %d numbers far from the others: half lie from %s to %s, all from %s to %s"
                .formatted(
                    far,
                    Numbers.text(lower),
                    Numbers.text(upper),
                    Numbers.text(values[0]),
                    Numbers.text(values[values.length - 1])));
  }
}
