package dev.slipway.spec;

/** How a model is made smaller and faster; the same words as `slipway quantize`. */
public enum Recipe implements Word {
  /** The smallest quantized recipe that passes the gate; float only if none does. */
  AUTO("auto"),
  /** Weights in 8 bits, activations measured while running. */
  DYNAMIC_INT8("dynamic-int8"),
  /** Weights and activations in 8 bits, by calibration. */
  STATIC_INT8("static-int8"),
  /** Weights stored in 16-bit floats. */
  FP16("fp16"),
  /** Only the weights in 8 bits. */
  WEIGHT_INT8("weight-int8"),
  /** Only the weights in 4 bits. */
  WEIGHT_INT4("weight-int4"),
  /** The float model is served. */
  NONE("none");

  private final String word;

  Recipe(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
