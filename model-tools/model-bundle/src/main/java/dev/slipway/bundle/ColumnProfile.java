package dev.slipway.bundle;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the values of one column or output looked like in the training data. */
public sealed interface ColumnProfile {
  /** {@return the name of the column or output} */
  String name();

  /** {@return how many rows were looked at, missing ones included} */
  long count();

  /** {@return how many of them had no value} */
  long missing();

  /**
   * Numbers.
   *
   * @param name the column or output
   * @param count rows looked at
   * @param missing rows without a value
   * @param mean the mean of the values; empty when there are none
   * @param standardDeviation their sample standard deviation; empty when there are fewer than two
   * @param quantiles their quantiles, by ascending probability
   */
  record Numeric(
      String name,
      long count,
      long missing,
      OptionalDouble mean,
      OptionalDouble standardDeviation,
      List<Quantile> quantiles)
      implements ColumnProfile {
    public Numeric {
      quantiles = List.copyOf(quantiles);
      checkCounts(name, count, missing);
    }
  }

  /**
   * Categories.
   *
   * @param name the column or output
   * @param count rows looked at
   * @param missing rows without a value
   * @param counts rows per category, or per keyed hash of it
   * @param hashed whether the categories are hashes because the column is personal data
   */
  record Categorical(
      String name, long count, long missing, SortedMap<String, Long> counts, boolean hashed)
      implements ColumnProfile {
    public Categorical {
      counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
      checkCounts(name, count, missing);
    }

    /**
     * {@return the profile of plain categories}
     *
     * @param name the column or output
     * @param count rows looked at
     * @param missing rows without a value
     * @param counts rows per category
     */
    public static Categorical plain(
        String name, long count, long missing, Map<String, Long> counts) {
      return new Categorical(name, count, missing, new TreeMap<>(counts), false);
    }
  }

  /**
   * One quantile.
   *
   * @param probability from 0 to 1
   * @param value the smallest value that at least this share of the values do not exceed
   */
  record Quantile(double probability, double value) {
    public Quantile {
      if (!(probability >= 0 && probability <= 1) || !Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "quantile "
                + probability
                + " of "
                + value
                + "; expected a probability in [0, 1]"
                + " and a finite value");
      }
    }
  }

  private static void checkCounts(String name, long count, long missing) {
    if (missing < 0 || missing > count) {
      throw new IllegalArgumentException(
          name + ": " + missing + " missing of " + count + " rows cannot be");
    }
  }
}
