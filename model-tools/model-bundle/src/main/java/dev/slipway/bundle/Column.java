package dev.slipway.bundle;

import java.util.OptionalDouble;

/**
 * One column of the table that an input tensor carries.
 *
 * @param name the column's name in the data
 * @param type what its values are
 * @param required whether a request must give it; where not, JSON {@code null} and NaN mean missing
 * @param minimum the smallest value that is served, where {@code model.yaml} declares a range
 * @param maximum the largest value that is served, where {@code model.yaml} declares a range
 */
public record Column(
    String name, Type type, boolean required, OptionalDouble minimum, OptionalDouble maximum) {

  /** What a column's values are. */
  public enum Type {
    /** A number. */
    NUMBER("number"),
    /** One of a set of words. */
    CATEGORY("category"),
    /** Free text. */
    TEXT("text");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    /** {@return the word used in files} */
    public String word() {
      return word;
    }
  }

  public Column {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a column has a name; found an empty one");
    }
    if (minimum.isPresent()
        && maximum.isPresent()
        && minimum.getAsDouble() > maximum.getAsDouble()) {
      throw new IllegalArgumentException(
          "column "
              + name
              + ": min "
              + minimum.getAsDouble()
              + " is above max "
              + maximum.getAsDouble());
    }
  }

  /**
   * {@return a number column without a declared range}
   *
   * @param name the column's name
   * @param required whether a request must give it
   */
  public static Column number(String name, boolean required) {
    return new Column(name, Type.NUMBER, required, OptionalDouble.empty(), OptionalDouble.empty());
  }

  /**
   * {@return a category column}
   *
   * @param name the column's name
   * @param required whether a request must give it
   */
  public static Column category(String name, boolean required) {
    return new Column(
        name, Type.CATEGORY, required, OptionalDouble.empty(), OptionalDouble.empty());
  }
}
