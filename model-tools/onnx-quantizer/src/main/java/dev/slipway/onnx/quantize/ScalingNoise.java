package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.TensorReader;
import java.util.Arrays;
import java.util.List;

/**
 * How much noise rounding makes at the outputs of the layers that read one activation, when its
 * channels are divided by s and their weights multiplied by it. With uniform rounding noise (Widrow
 * and Kollár, "Quantization Noise", 2008) an activation of step Δ gives an output Δ²/12 · Σ (w·s)²,
 * a row of weights of step δ gives δ²/12 · Σ E[x²]/s²; both relative to Σ w²·E[x²].
 */
final class ScalingNoise {
  private static final double LEVELS = 255;

  /** Full range of signed bytes; what pair-safe rows reach of it in the mean. */
  private static final double FULL = 127;

  private static final double PAIR_SAFE = 105;

  /** Beyond such ratios a channel is dead rather than small. */
  private static final double MOST = 1e3;

  private final List<WeightLayer> readers;
  private final ChannelExtremes seen;
  private final boolean wide;
  private final double[][][] squares;
  private final float[][][] largest;
  private final double[] columns;
  private final int channels;

  ScalingNoise(List<WeightLayer> readers, ChannelExtremes seen, Target target) {
    this.readers = readers;
    this.seen = seen;
    this.wide = target.addsIn32Bits();
    WeightLayer first = readers.getFirst();
    channels = first.firstChannel(first.outputs() - 1) + first.channelsRead();
    columns = new double[channels];
    squares = new double[readers.size()][][];
    largest = new float[readers.size()][][];
    for (int place = 0; place < readers.size(); place++) {
      summarize(readers.get(place), place);
    }
  }

  private void summarize(WeightLayer layer, int place) {
    float[][] rows = layer.rows();
    int read = layer.channelsRead();
    squares[place] = new double[rows.length][read];
    largest[place] = new float[rows.length][read];
    for (int output = 0; output < rows.length; output++) {
      int first = layer.firstChannel(output);
      for (int column = 0; column < rows[output].length; column++) {
        float weight = Math.abs(rows[output][column]);
        int channel = column % read;
        squares[place][output][channel] += (double) weight * weight;
        largest[place][output][channel] = Math.max(largest[place][output][channel], weight);
        columns[first + channel] = Math.max(columns[first + channel], weight);
      }
    }
  }

  /** {@return whether calibration saw as many channels as the layers read} */
  boolean fits() {
    return seen.channels() == channels;
  }

  float[] ones() {
    float[] ones = new float[channels];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** {@return max|x|^α / max|w|^(1−α), their geometric mean 1; 1 where a channel is dead} */
  float[] factors(double alpha) {
    double[] logs = new double[channels];
    double sum = 0;
    int alive = 0;
    for (int channel = 0; channel < channels; channel++) {
      double x = seen.largest(channel);
      double w = columns[channel];
      if (x > Float.MIN_NORMAL && w > Float.MIN_NORMAL) {
        logs[channel] = alpha * Math.log(x) - (1 - alpha) * Math.log(w);
        sum += logs[channel];
        alive++;
      } else {
        logs[channel] = Double.NaN;
      }
    }
    float[] factors = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      double factor = Math.exp(logs[channel] - sum / Math.max(1, alive));
      factors[channel] =
          Double.isNaN(factor) ? 1 : (float) Math.max(1 / MOST, Math.min(MOST, factor));
    }
    return factors;
  }

  double of(float[] factors) {
    double least = 0;
    double most = 0;
    double[] power = new double[channels];
    for (int channel = 0; channel < channels; channel++) {
      least = Math.min(least, seen.minimum(channel) / factors[channel]);
      most = Math.max(most, seen.maximum(channel) / factors[channel]);
      power[channel] = seen.meanSquare(channel) / ((double) factors[channel] * factors[channel]);
    }
    double step = (most - least) / LEVELS;
    double noise = 0;
    for (int place = 0; place < readers.size(); place++) {
      noise += ofReader(place, factors, power, step);
    }
    return noise;
  }

  private double ofReader(int place, float[] factors, double[] power, double step) {
    WeightLayer layer = readers.get(place);
    double levels = wide || !layer.hasPairs() ? FULL : PAIR_SAFE;
    int perChannel = columnsPerChannel(layer);
    double fromActivation = 0;
    double fromWeights = 0;
    double signal = 0;
    for (int output = 0; output < squares[place].length; output++) {
      int first = layer.firstChannel(output);
      double gain = 0;
      double peak = 0;
      double total = 0;
      for (int i = 0; i < squares[place][output].length; i++) {
        double factor = factors[first + i];
        double square = squares[place][output][i] * factor * factor;
        gain += square;
        peak = Math.max(peak, largest[place][output][i] * factor);
        total += power[first + i];
        signal += square * power[first + i];
      }
      fromActivation += step * step / 12 * gain;
      fromWeights += peak * peak / (levels * levels) / 12 * total * perChannel;
    }
    return signal == 0 ? 0 : (fromActivation + fromWeights) / signal;
  }

  private static int columnsPerChannel(WeightLayer layer) {
    return TensorReader.count(layer.weights()) / (layer.outputs() * layer.channelsRead());
  }
}
