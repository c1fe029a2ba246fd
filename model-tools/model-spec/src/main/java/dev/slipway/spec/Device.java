package dev.slipway.spec;

/** Where training computes. */
public enum Device implements Word {
  /** The graphics processor where there is one, else the CPU. */
  AUTO("auto"),
  /** The CPU, always. */
  CPU("cpu"),
  /** A graphics processor; training is refused where there is none. */
  GPU("gpu");

  private final String word;

  Device(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
