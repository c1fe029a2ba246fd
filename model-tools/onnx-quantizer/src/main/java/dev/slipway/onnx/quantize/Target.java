package dev.slipway.onnx.quantize;

/** The processors that a quantized model must be right on. */
public enum Target {
  /**
   * Every x86-64. Without VNNI the integer kernels add two products of unsigned by signed bytes in
   * 16 bits, which saturates for full-range weights; so weights keep to 7 bits.
   */
  ANY_X86("any-x86", 63),
  /** x86-64 with VNNI, which adds in 32 bits: the full range. */
  VNNI("vnni", 127),
  /** 64-bit Arm, which adds in 32 bits: the full range. */
  ARM64("arm64", 127);

  private final String word;
  private final int largestWeight;

  Target(String word, int largestWeight) {
    this.word = word;
    this.largestWeight = largestWeight;
  }

  /** {@return the word used on the command line and in files} */
  public String word() {
    return word;
  }

  /** {@return the largest magnitude of a quantized weight: 2 · 255 · 63 &lt; 2^15} */
  public int largestWeight() {
    return largestWeight;
  }
}
