package dev.slipway.onnx.quantize;

/**
 * Something the caller should know although the model was quantized.
 *
 * @param code the kind
 * @param message what was found, and what to do
 */
public record Finding(Code code, String message) {
  /** The kinds of findings. */
  public enum Code {
    /** So few calibration samples that the ranges of activations are chance. */
    FEW_SAMPLES,
    /** A layer's activations are cut off for a noticeable share of their values. */
    LAYER_SATURATES,
    /** No layer could be quantized; the model is as large as before. */
    NOTHING_QUANTIZED,
    /** The weights use the full range: right on the target, wrong on x86 without VNNI. */
    TARGET_ONLY
  }

  @Override
  public String toString() {
    return code + ": " + message;
  }
}
