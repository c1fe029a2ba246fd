package dev.slipway.onnx.quantize;

/**
 * What calibration learns of one value, in bounded memory: extremes and channel means in the first
 * pass, a histogram between the extremes in the second. Not thread-safe.
 */
final class ActivationStatistics {
  /** Fine against the 255 steps of a byte. */
  static final int BINS = 2048;

  /** Of one sample; a histogram of so many says where the range should end. */
  private static final int MOST_COUNTED = 1 << 16;

  private float minimum;
  private float maximum;
  private long zeros;
  private long[] bins = {};
  private double[] sums = {};
  private long perChannel;

  /** First pass. {@code inner} values lie between two of the same channel; 0 asks for no means. */
  void widen(float[] values, int channels, int inner) {
    float least = minimum;
    float most = maximum;
    for (float value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    minimum = least;
    maximum = most;
    if (channels == 0 || inner == 0) {
      return;
    }
    if (sums.length == 0) {
      sums = new double[channels];
    }
    if (sums.length == channels) {
      addUp(values, inner);
      perChannel += values.length / channels;
    }
  }

  private void addUp(float[] values, int inner) {
    int channel = 0;
    for (int start = 0; start < values.length; start += inner) {
      // Two sums, so that one addition need not wait for the other.
      double even = 0;
      double odd = 0;
      int end = start + inner;
      int i = start;
      for (; i + 1 < end; i += 2) {
        even += values[i];
        odd += values[i + 1];
      }
      sums[channel] += even + odd + (i < end ? values[i] : 0);
      channel = channel + 1 == sums.length ? 0 : channel + 1;
    }
  }

  /**
   * Second pass; the first must have seen the same values. Of large arrays a part is counted,
   * spread evenly over them.
   */
  void count(float[] values) {
    if (bins.length == 0) {
      bins = new long[BINS];
    }
    long[] counts = bins;
    double first = minimum;
    double perUnit = width() == 0 ? 0 : 1 / width();
    long none = 0;
    // Odd, so that no row or column of even width is left out.
    int stride = values.length / MOST_COUNTED | 1;
    for (int i = 0; i < values.length; i += stride) {
      float value = values[i];
      if (value == 0 || perUnit == 0) {
        none++;
      } else {
        counts[Math.clamp((long) ((value - first) * perUnit), 0, BINS - 1)]++;
      }
    }
    zeros += none;
  }

  private double width() {
    return ((double) maximum - minimum) / BINS;
  }

  /** {@return from the smallest to the largest value seen, 0 included} */
  ValueRange extremes() {
    return new ValueRange(minimum, maximum);
  }

  /** {@return the mean of each channel, empty if none was asked for or seen} */
  double[] means() {
    double[] means = sums.clone();
    for (int channel = 0; channel < means.length; channel++) {
      means[channel] /= perChannel;
    }
    return means;
  }

  /**
   * {@return the squared error of all values together when they are rounded to a byte within this
   * range: s²/12 for a value inside (uniform rounding noise, Widrow and Kollár, "Quantization
   * Noise", 2008), the squared distance to the bound for one outside, none for 0}
   */
  double error(ValueRange range) {
    double step = range.scale();
    double inside = step * step / 12;
    double width = width();
    double error = 0;
    for (int bin = 0; bin < bins.length; bin++) {
      if (bins[bin] > 0) {
        double value = minimum + (bin + 0.5) * width;
        double beyond = Math.max(0, Math.max(value - range.maximum(), range.minimum() - value));
        error += bins[bin] * (beyond > 0 ? beyond * beyond : inside);
      }
    }
    return error;
  }

  /** {@return the range of least divergence; zeros do not count, they are exact in any range} */
  ValueRange leastDivergence() {
    long counted = 0;
    for (long count : bins) {
      counted += count;
    }
    return counted == 0 ? extremes() : new EntropyRange(bins, minimum, width()).search(extremes());
  }

  /** {@return the share of the values that this range cuts off} */
  double cutOff(ValueRange range) {
    long all = zeros;
    long outside = 0;
    for (int bin = 0; bin < bins.length; bin++) {
      double value = minimum + (bin + 0.5) * width();
      all += bins[bin];
      outside += value > range.maximum() || value < range.minimum() ? bins[bin] : 0;
    }
    return all == 0 ? 0 : outside / (double) all;
  }

  /** {@return the bound below which this share of the non-zero values lies} */
  float quantile(double share) {
    long total = 0;
    for (long count : bins) {
      total += count;
    }
    double wanted = share * (total + zeros);
    double seen = 0;
    int negatives = (int) (-minimum / Math.max(width(), Float.MIN_NORMAL));
    for (int bin = 0; bin < bins.length; bin++) {
      seen += bins[bin] + (bin == Math.min(negatives, bins.length - 1) ? zeros : 0);
      if (seen >= wanted) {
        return (float) (minimum + (bin + 1) * width());
      }
    }
    return maximum;
  }
}
