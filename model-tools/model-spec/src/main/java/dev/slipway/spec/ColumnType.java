package dev.slipway.spec;

/** What the values of a column are. */
public enum ColumnType implements Word {
  /** Finite numbers. */
  NUMBER("number"),
  /** Whole numbers. */
  INTEGER("integer"),
  /** Two words such as true and false. */
  BOOLEAN("boolean"),
  /** One of a limited number of words. */
  CATEGORY("category"),
  /** Free text. */
  TEXT("text"),
  /** ISO 8601 dates or times; kept out of the features. */
  DATE("date");

  private final String word;

  ColumnType(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
