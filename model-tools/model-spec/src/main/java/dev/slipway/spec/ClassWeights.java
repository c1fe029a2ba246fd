package dev.slipway.spec;

/** How much each class counts in the training loss. */
public enum ClassWeights implements Word {
  /** Every class counts the same, however rare. */
  BALANCED("balanced"),
  /** Every row counts the same. */
  NONE("none");

  private final String word;

  ClassWeights(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
