package dev.slipway.bundle;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the gate measured on the held-out rows. Values are empty when there were no labels to
 * measure with.
 *
 * @param metric the name of the metric, for example {@code roc_auc}
 * @param floatModel its value for the model before quantization
 * @param quantized its value for the served model
 * @param interval the bootstrap interval of the served model's value
 * @param live its value for the model that was live then
 * @param rows the number of rows measured on
 */
public record Metrics(
    String metric,
    OptionalDouble floatModel,
    OptionalDouble quantized,
    Optional<Interval> interval,
    OptionalDouble live,
    long rows) {

  /**
   * A closed interval.
   *
   * @param low its lower end
   * @param high its upper end
   */
  public record Interval(double low, double high) {
    public Interval {
      if (!(low <= high)) {
        throw new IllegalArgumentException("interval [" + low + ", " + high + "] is empty");
      }
    }
  }
}
