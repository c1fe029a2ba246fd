package dev.slipway.onnx.quantize;

/** The processors that a quantized model must be right on. */
public enum Target {
  /**
   * Every x86-64. Without VNNI the integer kernels add two products of unsigned by signed bytes in
   * 16 bits, which saturates for full-range weights; so weights keep to pair-safe values.
   */
  ANY_X86("any-x86", false),
  /** x86-64 with VNNI, which adds in 32 bits: the full range. */
  VNNI("vnni", true),
  /** 64-bit Arm, which adds in 32 bits: the full range. */
  ARM64("arm64", true);

  private final String word;
  private final boolean addsIn32Bits;

  Target(String word, boolean addsIn32Bits) {
    this.word = word;
    this.addsIn32Bits = addsIn32Bits;
  }

  /** {@return the word used on the command line and in files} */
  public String word() {
    return word;
  }

  /** {@return whether products of bytes are added in 32 bits at once, so that none saturate} */
  public boolean addsIn32Bits() {
    return addsIn32Bits;
  }
}
