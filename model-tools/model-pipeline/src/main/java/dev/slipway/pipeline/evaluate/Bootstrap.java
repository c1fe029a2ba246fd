package dev.slipway.pipeline.evaluate;

import dev.slipway.pipeline.train.Seeds;
import dev.slipway.spec.Metric;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The 95 % percentile bootstrap interval of a metric (Efron, 1979). */
public final class Bootstrap {
  private static final int RESAMPLES = 1000;
  private static final double LOW = 0.025;
  private static final double HIGH = 0.975;

  private Bootstrap() {}

  /**
   * An interval.
   *
   * @param low 2.5 % of the resamples are below
   * @param high 2.5 % of the resamples are above
   */
  public record Interval(double low, double high) {}

  /** {@return the interval of a metric; the same seed gives the same one} */
  public static Interval of(Metric metric, Answers answers, Truth truth, long seed) {
    RandomGenerator random = new Seeds(seed).generator("bootstrap");
    double[] values = new double[RESAMPLES];
    int[] rows = new int[truth.rows()];
    for (int sample = 0; sample < RESAMPLES; sample++) {
      for (int index = 0; index < rows.length; index++) {
        rows[index] = random.nextInt(rows.length);
      }
      values[sample] = Score.of(metric, answers, truth, rows);
    }
    Arrays.sort(values);
    return new Interval(
        values[(int) (LOW * RESAMPLES)], values[(int) Math.min(RESAMPLES - 1, HIGH * RESAMPLES)]);
  }
}
