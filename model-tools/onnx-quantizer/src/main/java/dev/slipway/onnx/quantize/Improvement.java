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
  /**
   * Divides the channels of what a LayerNormalization makes and multiplies the weights that read
   * it, where that makes less noise, by the rule of SmoothQuant (Xiao et al., ICML 2023). Where
   * others read it too, a second LayerNormalization is put beside it, which costs time when
   * running: not taken unless asked for. Without calibration data nothing is done.
   */
  SMOOTH_QUANT,
  /**
   * The same between two Conv or linear layers with at most a Relu or a pooling between them (Nagel
   * et al., ICCV 2019). Helps where channels differ much; where they do not, ranges learnt from few
   * samples hold less well: not taken unless asked for. Without calibration data nothing is done.
   */
  CROSS_LAYER_EQUALISATION,
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

  /** {@return those that scale channels, which help some models and harm others} */
  public static Set<Improvement> scaling() {
    return Set.of(SMOOTH_QUANT, CROSS_LAYER_EQUALISATION);
  }
}
