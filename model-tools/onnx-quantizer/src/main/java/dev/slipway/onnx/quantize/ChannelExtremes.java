package dev.slipway.onnx.quantize;

/**
 * Extremes and mean square of each channel of a value, 0 included in the extremes. Values of
 * another shape than the first are left out. Not thread-safe.
 */
final class ChannelExtremes implements RowCollector {
  private final int axis;
  private float[] minima = {};
  private float[] maxima = {};
  private double[] squares = {};
  private long perChannel;

  /**
   * Nothing seen yet.
   *
   * @param axis of the channels; −1 is the last
   */
  ChannelExtremes(int axis) {
    this.axis = axis;
  }

  @Override
  public void offer(float[] values, long[] shape) {
    int place = axis < 0 ? shape.length + axis : axis;
    if (place < 0 || place >= shape.length || values.length == 0) {
      return;
    }
    int channels = Math.toIntExact(shape[place]);
    if (minima.length == 0) {
      minima = new float[channels];
      maxima = new float[channels];
      squares = new double[channels];
    }
    if (minima.length != channels) {
      return;
    }
    int inner = 1;
    for (int i = place + 1; i < shape.length; i++) {
      inner *= Math.toIntExact(shape[i]);
    }
    int channel = 0;
    for (int start = 0; start < values.length; start += inner) {
      add(values, start, start + inner, channel);
      channel = channel + 1 == channels ? 0 : channel + 1;
    }
    perChannel += values.length / channels;
  }

  private void add(float[] values, int from, int to, int channel) {
    float least = minima[channel];
    float most = maxima[channel];
    double sum = 0;
    for (int i = from; i < to; i++) {
      least = Math.min(least, values[i]);
      most = Math.max(most, values[i]);
      sum += values[i] * values[i];
    }
    minima[channel] = least;
    maxima[channel] = most;
    squares[channel] += sum;
  }

  int channels() {
    return minima.length;
  }

  /** {@return the smallest value to expect of a channel, at most 0} */
  double minimum(int channel) {
    return minima[channel] < 0 ? Math.min(minima[channel], -expected(channel)) : 0;
  }

  /** {@return the largest value to expect of a channel, at least 0} */
  double maximum(int channel) {
    return maxima[channel] > 0 ? Math.max(maxima[channel], expected(channel)) : 0;
  }

  /** {@return the largest absolute value to expect of a channel} */
  double largest(int channel) {
    return Math.max(-minimum(channel), maximum(channel));
  }

  /**
   * The largest of n normal numbers is about √(2·ln n) standard deviations. A channel that was seen
   * a few times only shows less; other data would leave a range made from that.
   */
  private double expected(int channel) {
    double count = Math.max(2.0, (double) perChannel * minima.length);
    return Math.sqrt(2 * Math.log(count) * meanSquare(channel));
  }

  double meanSquare(int channel) {
    return squares[channel] / Math.max(1, perChannel);
  }
}
