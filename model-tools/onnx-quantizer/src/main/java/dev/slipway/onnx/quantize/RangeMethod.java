package dev.slipway.onnx.quantize;

/** How calibration chooses the range of an activation. */
public enum RangeMethod {
  /** From the smallest to the largest value seen. */
  MIN_MAX("min-max"),
  /** The range with the least squared error, clipping included. */
  MEAN_SQUARED_ERROR("mse"),
  /** Leaves out the outermost 0.001 % of the values on each side. */
  PERCENTILE("percentile"),
  /** The range whose rounded values are distributed most like the exact ones. */
  ENTROPY("entropy");

  /** Steps in which a bound is drawn in, down to 30 % of the extreme. */
  private static final int STEPS = 28;

  private static final float STEP = 0.025f;

  /** The default of the quantization tools that offer it is 99.999 %. */
  private static final double TAIL = 1e-5;

  private final String word;

  RangeMethod(String word) {
    this.word = word;
  }

  /** {@return the word used on the command line and in files} */
  public String word() {
    return word;
  }

  ValueRange choose(ActivationStatistics statistics) {
    return switch (this) {
      case MIN_MAX -> statistics.extremes();
      case MEAN_SQUARED_ERROR -> leastError(statistics);
      case ENTROPY -> statistics.leastDivergence();
      case PERCENTILE ->
          new ValueRange(
              Math.min(0, statistics.quantile(TAIL)), Math.max(0, statistics.quantile(1 - TAIL)));
    };
  }

  /** Draws in one bound after the other, each by the step that helps most. */
  private static ValueRange leastError(ActivationStatistics statistics) {
    ValueRange extremes = statistics.extremes();
    ValueRange best = extremes;
    double least = statistics.error(best);
    for (int round = 0; round < 2; round++) {
      ValueRange start = best;
      for (int step = 0; step <= STEPS; step++) {
        float factor = 1 - STEP * step;
        for (ValueRange trial :
            new ValueRange[] {
              new ValueRange(start.minimum(), extremes.maximum() * factor),
              new ValueRange(extremes.minimum() * factor, start.maximum()),
              new ValueRange(extremes.minimum() * factor, extremes.maximum() * factor)
            }) {
          double error = statistics.error(trial);
          if (error < least) {
            least = error;
            best = trial;
          }
        }
      }
    }
    return best;
  }
}
