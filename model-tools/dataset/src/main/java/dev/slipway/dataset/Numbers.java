package dev.slipway.dataset;

import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/** How cells are read as numbers, and numbers written as cells. */
final class Numbers {
  /**
   * What people and tools write where a value is missing (pandas' list, without the rarer ones).
   */
  private static final Set<String> MISSING =
      Set.of("", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None", "?", "-");

  /** Of these a person may mean a class. */
  private static final Set<String> PERHAPS_A_CLASS = Set.of("None", "-");

  /** Decimal only: Java's own parser would take hexadecimal and a trailing d or f. */
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?");

  private static final double LARGEST_EXACT = 1L << 53;

  private Numbers() {}

  static boolean isMissing(String cell) {
    return MISSING.contains(cell);
  }

  /** Says whether a class is missing; "None" and "-" are classes. */
  static boolean isMissingClass(String cell) {
    return isMissing(cell) && !PERHAPS_A_CLASS.contains(cell);
  }

  /** A finite number that a 32-bit float can hold; empty for anything else. */
  static OptionalDouble parse(String cell) {
    if (!DECIMAL.matcher(cell).matches()) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(cell);
    return Float.isFinite((float) value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT;
  }

  static String text(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return isWhole(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
