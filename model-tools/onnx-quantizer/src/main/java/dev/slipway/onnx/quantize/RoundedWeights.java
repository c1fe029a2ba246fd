package dev.slipway.onnx.quantize;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A layer's weights as signed bytes.
 *
 * @param layer the layer
 * @param rows the rounded rows
 * @param scales one scale per output channel
 */
@SuppressWarnings("ArrayRecordComponent") // package-private, never compared, written once
record RoundedWeights(WeightLayer layer, byte[][] rows, float[] scales) {
  /** Leaves room below 2^31 for the sum of products. */
  private static final int LARGEST_BIAS = 1 << 30;

  /** {@return the weights rounded for activations that are measured at run time} */
  static RoundedWeights of(WeightLayer layer, Target target, List<float[]> samples) {
    return of(layer, target, samples, 1, new float[layer.outputs()]);
  }

  /**
   * {@return the weights rounded so that the bias fits 32 bits at the product of both scales}
   *
   * @param samples what the weights are multiplied with, to round them by; may be empty
   * @param activationScale the scale of the activation
   * @param bias one number per output channel
   */
  static RoundedWeights of(
      WeightLayer layer,
      Target target,
      List<float[]> samples,
      float activationScale,
      float[] bias) {
    boolean pairSafe = !target.addsIn32Bits() && layer.hasPairs();
    WeightRounding rounding = new WeightRounding(pairSafe);
    float[][] exact = layer.rows();
    byte[][] rows = new byte[exact.length][];
    float[] scales = new float[exact.length];
    IntStream.range(0, exact.length)
        .parallel()
        .forEach(output -> {
          rows[output] = new byte[exact[output].length];
          double least = Math.abs(bias[output]) / (activationScale * (double) LARGEST_BIAS);
          scales[output] = rounding.round(exact[output], rows[output], least);
        });
    RoundedWeights weights = new RoundedWeights(layer, rows, scales);
    if (!samples.isEmpty()) {
      new OutputRounding(layer, weights, samples, pairSafe).apply();
    }
    return weights;
  }

  /**
   * {@return whether there is a mean for every input channel} There is none where calibration took
   * them along another axis than the one this layer sums over.
   */
  boolean coveredBy(double[] means) {
    return means.length >= layer.firstChannel(rows.length - 1) + layer.channelsRead();
  }

  /** {@return the rows as the layer stores them} */
  WeightLayer.Stored stored() {
    return layer.store(rows);
  }

  /**
   * {@return per output channel the mean error of the sum, Σ (w − s·q) · E[x]: what the bias must
   * make good. Nagel et al., "Data-Free Quantization Through Weight Equalization and Bias
   * Correction", ICCV 2019, section 4.2}
   *
   * @param means the mean of each input channel over the calibration data
   */
  float[] meanError(double[] means) {
    float[][] exact = layer.rows();
    float[] errors = new float[rows.length];
    int channels = layer.channelsRead();
    for (int output = 0; output < rows.length; output++) {
      double error = 0;
      float[] row = exact[output];
      double scale = scales[output];
      int first = layer.firstChannel(output);
      for (int column = 0; column < row.length; column++) {
        double difference = row[column] - scale * rows[output][column];
        error += difference * means[first + column % channels];
      }
      errors[output] = (float) error;
    }
    return errors;
  }
}
