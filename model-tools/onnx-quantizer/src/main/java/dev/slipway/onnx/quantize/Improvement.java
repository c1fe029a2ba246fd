package dev.slipway.onnx.quantize;

/**
 * What is done beyond plain rounding to lose less. Costs time when quantizing, none when running.
 */
public enum Improvement {
  /**
   * Rounds the weights of MatMul, Gemm and Conv so that the layer's output, not each weight, is
   * closest on the calibration data. Without calibration data nothing is done.
   */
  OUTPUT_ROUNDING,
  /** Takes the mean error of the rounded weights off the bias; static-int8 only. */
  BIAS_CORRECTION
}
