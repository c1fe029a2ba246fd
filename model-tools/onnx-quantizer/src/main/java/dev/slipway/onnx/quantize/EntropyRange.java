package dev.slipway.onnx.quantize;

/**
 * Chooses the range whose rounded values are distributed most like the exact ones: the least
 * Kullback-Leibler divergence Σ p·log(p/q), after Migacz, "8-bit Inference with TensorRT", GTC
 * 2017, for ranges that need not be symmetric. p is the histogram with what lies beyond the range
 * in its outermost bins; q spreads the count of each of the 256 levels evenly over the bins that
 * are not empty and round to it.
 */
final class EntropyRange {
  /** Bounds are drawn in by this share of the extreme per step, down to 20 %. */
  private static final double STEP = 0.02;

  private static final int STEPS = 40;

  private final long[] bins;
  private final double minimum;
  private final double width;

  /**
   * A search over a histogram.
   *
   * @param bins counts of equally wide bins
   * @param minimum where the first begins
   * @param width of a bin
   */
  EntropyRange(long[] bins, double minimum, double width) {
    this.bins = bins;
    this.minimum = minimum;
    this.width = width;
  }

  /** {@return the best range within the extremes} */
  ValueRange search(ValueRange extremes) {
    ValueRange best = extremes;
    double least = divergence(best);
    for (int side = 0; side < 3; side++) {
      ValueRange start = best;
      for (int step = 1; step <= STEPS; step++) {
        float factor = (float) (1 - STEP * step);
        ValueRange trial =
            switch (side) {
              case 0 -> new ValueRange(extremes.minimum() * factor, extremes.maximum() * factor);
              case 1 -> new ValueRange(start.minimum(), extremes.maximum() * factor);
              default -> new ValueRange(extremes.minimum() * factor, start.maximum());
            };
        double divergence = divergence(trial);
        if (divergence < least) {
          least = divergence;
          best = trial;
        }
      }
    }
    return best;
  }

  /** {@return how far the rounded distribution is from the exact one, in nats} */
  double divergence(ValueRange range) {
    double[] exact = new double[bins.length];
    long[] inside = new long[bins.length];
    double total = 0;
    int first = bin(range.minimum());
    int last = bin(range.maximum());
    for (int bin = 0; bin < bins.length; bin++) {
      exact[Math.clamp(bin, first, last)] += bins[bin];
      inside[bin] = bin >= first && bin <= last ? bins[bin] : 0;
      total += bins[bin];
    }
    double[] rounded = rounded(inside, exact, range);
    double roundedTotal = 0;
    for (double value : rounded) {
      roundedTotal += value;
    }
    double divergence = 0;
    for (int bin = 0; bin < bins.length; bin++) {
      if (exact[bin] > 0) {
        // A bin that only what was cut off fills has next to no counterpart.
        double p = exact[bin] / total;
        double q = Math.max(rounded[bin] / roundedTotal, 1e-12);
        divergence += p * Math.log(p / q);
      }
    }
    return divergence;
  }

  private double[] rounded(long[] inside, double[] exact, ValueRange range) {
    int levels = 256;
    double[] counts = new double[levels];
    int[] filled = new int[levels];
    for (int bin = 0; bin < inside.length; bin++) {
      if (exact[bin] > 0) {
        counts[level(bin, range)] += inside[bin];
        filled[level(bin, range)]++;
      }
    }
    double[] rounded = new double[inside.length];
    for (int bin = 0; bin < inside.length; bin++) {
      if (exact[bin] > 0) {
        int level = level(bin, range);
        rounded[bin] = counts[level] / filled[level];
      }
    }
    return rounded;
  }

  private int level(int bin, ValueRange range) {
    double value = minimum + (bin + 0.5) * width;
    return Math.clamp(Math.round(value / range.scale()) + range.zeroPoint(), 0, 255);
  }

  private int bin(double value) {
    return width == 0 ? 0 : Math.clamp((long) ((value - minimum) / width), 0, bins.length - 1);
  }
}
