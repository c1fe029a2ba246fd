package dev.slipway.spec;

/** What a column is for. */
public enum ColumnRole implements Word {
  /** The model sees it. */
  FEATURE("feature"),
  /** The model does not see it, and nothing of it is stored. */
  IGNORE("ignore");

  private final String word;

  ColumnRole(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
