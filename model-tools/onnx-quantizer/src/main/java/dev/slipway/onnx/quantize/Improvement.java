package dev.slipway.onnx.quantize;

import java.util.Set;

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
  BIAS_CORRECTION,
  /**
   * Stores the weights of MatMul and Gemm as unsigned bytes, which no x86 processor saturates on,
   * so that {@link Target#ANY_X86} has the full range too; dynamic-int8 only. Costs time when
   * running: ONNX Runtime's kernels for it are slower than those for signed bytes. Not taken unless
   * asked for.
   */
  UNSIGNED_WEIGHTS;

  /** {@return those that cost time when quantizing but none when running} */
  public static Set<Improvement> free() {
    return Set.of(OUTPUT_ROUNDING, BIAS_CORRECTION);
  }
}
