package dev.slipway.spec;

/** Element types of a tensor, in the words of the Open Inference Protocol v2. */
public enum Datatype implements Word {
  /** True or false. */
  BOOL("BOOL"),
  /** Unsigned whole number of 8 bits. */
  UINT8("UINT8"),
  /** Unsigned whole number of 16 bits. */
  UINT16("UINT16"),
  /** Unsigned whole number of 32 bits. */
  UINT32("UINT32"),
  /** Unsigned whole number of 64 bits. */
  UINT64("UINT64"),
  /** Whole number of 8 bits. */
  INT8("INT8"),
  /** Whole number of 16 bits. */
  INT16("INT16"),
  /** Whole number of 32 bits. */
  INT32("INT32"),
  /** Whole number of 64 bits. */
  INT64("INT64"),
  /** Floating-point number of 16 bits. */
  FP16("FP16"),
  /** Floating-point number of 32 bits. */
  FP32("FP32"),
  /** Floating-point number of 64 bits. */
  FP64("FP64"),
  /** Text in UTF-8. */
  BYTES("BYTES");

  private final String word;

  Datatype(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
