package dev.slipway.cli.bench;

import java.util.List;

/** Least, middle and greatest of some measurements of the same thing, in their unit. */
public record Spread(double min, double median, double max) {
  /**
   * {@return the spread of {@code values}; the median of an even number is the mean of the two in
   * the middle}
   */
  public static Spread of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("values is empty; a spread needs at least one");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    return new Spread(sorted.getFirst(), median, sorted.getLast());
  }
}
