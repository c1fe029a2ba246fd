package dev.slipway.dataset;

import java.util.Map;
import java.util.Optional;

/**
 * What the owner of a table says about it; the rest is inferred.
 *
 * @param classes whether the target names classes; otherwise it is a number
 * @param target the column to predict
 * @param columns what is said about single columns
 * @param hashKey key of the hash that replaces personal values; the same key gives the same hashes
 */
public record DataSettings(
    boolean classes, String target, Map<String, ColumnSetting> columns, String hashKey) {
  /** Keeps a copy of the map. */
  public DataSettings {
    columns = Map.copyOf(columns);
  }

  /** {@return what is said about a column; nothing by default} */
  public ColumnSetting column(String name) {
    return columns.getOrDefault(name, ColumnSetting.OPEN);
  }

  /** What a column's values are. */
  public enum Declared {
    /** Finite numbers. */
    NUMBER,
    /** Whole numbers. */
    INTEGER,
    /** One of a limited number of words. */
    CATEGORY,
    /** Free text or dates: known, and kept out of the features. */
    OTHER
  }

  /** What happens to a personal column before anything is stored. */
  public enum Privacy {
    /** Nothing. */
    NONE,
    /** The column is removed. */
    DROP,
    /** Each value is replaced by a keyed hash. */
    HASH,
    /** Letters and digits are replaced; the form stays. */
    MASK
  }

  /**
   * What is said about one column.
   *
   * @param declared empty: inferred
   * @param ignore whether the model must not see it; empty: decided by the data
   * @param privacy what happens to personal values
   * @param range the numbers allowed; empty: any finite one
   */
  public record ColumnSetting(
      Optional<Declared> declared,
      Optional<Boolean> ignore,
      Privacy privacy,
      Optional<NumberRange> range) {
    /** A column of which nothing is said. */
    public static final ColumnSetting OPEN =
        new ColumnSetting(Optional.empty(), Optional.empty(), Privacy.NONE, Optional.empty());
  }

  /**
   * Numbers allowed, both ends included.
   *
   * @param minimum finite
   * @param maximum finite, not below the minimum
   */
  public record NumberRange(double minimum, double maximum) {
    /** {@return whether a number lies in the range} */
    public boolean contains(double value) {
      return value >= minimum && value <= maximum;
    }
  }
}
