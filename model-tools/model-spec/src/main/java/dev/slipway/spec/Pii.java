package dev.slipway.spec;

/** What happens to a column that says who somebody is, before anything is stored. */
public enum Pii implements Word {
  /** Nothing: the column is not personal. */
  NONE("none"),
  /** The column is removed. */
  DROP("drop"),
  /** Each value is replaced by a keyed hash. */
  HASH("hash"),
  /** Letters and digits are replaced; only the form stays. */
  MASK("mask");

  private final String word;

  Pii(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
