package dev.slipway.spec;

/** What a model answers. */
public enum Task implements Word {
  /** One of two or more classes, from a table. */
  CLASSIFICATION("classification"),
  /** A number, from a table. */
  REGRESSION("regression"),
  /** One of two or more classes, from a text. */
  TEXT_CLASSIFICATION("text-classification"),
  /** One of two or more classes, from pixels. */
  IMAGE_CLASSIFICATION("image-classification");

  private final String word;

  Task(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }

  /** Says whether the answer is a class; otherwise it is a number. */
  public boolean isClassification() {
    return this != REGRESSION;
  }
}
