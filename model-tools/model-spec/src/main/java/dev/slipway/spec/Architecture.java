package dev.slipway.spec;

/** The processor a function runs on, in Lambda's words. */
public enum Architecture implements Word {
  /** 64-bit x86. */
  X86_64("x86_64"),
  /** 64-bit Arm (Graviton). */
  ARM64("arm64");

  private final String word;

  Architecture(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
