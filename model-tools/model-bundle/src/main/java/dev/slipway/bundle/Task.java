package dev.slipway.bundle;

import java.util.Optional;

/** What a model answers; the same words as {@code task} in {@code model.yaml}. */
public enum Task {
  /** One of a set of labels, from a table's row. */
  CLASSIFICATION("classification"),
  /** A number, from a table's row. */
  REGRESSION("regression"),
  /** One of a set of labels, from a text. */
  TEXT_CLASSIFICATION("text-classification"),
  /** One of a set of labels, from an image. */
  IMAGE_CLASSIFICATION("image-classification");

  private final String word;

  Task(String word) {
    this.word = word;
  }

  /** {@return the word used in files} */
  public String word() {
    return word;
  }

  /**
   * {@return the task of that word, or empty}
   *
   * @param word for example {@code classification}
   */
  public static Optional<Task> ofWord(String word) {
    for (Task task : values()) {
      if (task.word.equals(word)) {
        return Optional.of(task);
      }
    }
    return Optional.empty();
  }
}
