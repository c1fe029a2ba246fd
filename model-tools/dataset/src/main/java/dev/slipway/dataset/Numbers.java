package dev.slipway.dataset;

import java.util.OptionalDouble;
import java.util.Set;

/** How cells are read as numbers, and numbers written as cells. */
final class Numbers {
  /**
   * What people and tools write where a value is missing (pandas' list, without the rarer ones).
   */
  private static final Set<String> MISSING =
      Set.of("", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None", "?", "-");

  /** Of these a person may mean a class. */
  private static final Set<String> PERHAPS_A_CLASS = Set.of("None", "-");

  /** The letter and five characters: a longer exponent is no number that anybody writes. */
  private static final int LONGEST_EXPONENT = 6;

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
    double value = parseOrNan(cell);
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** As {@link #parse}, for whole columns. */
  static double parseOrNan(String cell) {
    if (!isDecimal(cell)) {
      return Double.NaN;
    }
    double value = Double.parseDouble(cell);
    return Float.isFinite((float) value) ? value : Double.NaN;
  }

  /**
   * Says whether a cell is digits with at most one point, perhaps a sign and an exponent. Java's
   * own parser would also take hexadecimal, a trailing d or f, and spaces.
   */
  private static boolean isDecimal(String cell) {
    int exponent = Math.max(cell.indexOf('e'), cell.indexOf('E'));
    int mantissaEnd = exponent < 0 ? cell.length() : exponent;
    return isDigits(cell, 0, mantissaEnd, 1)
        && (exponent < 0
            || (cell.length() - exponent <= LONGEST_EXPONENT
                && isDigits(cell, exponent + 1, cell.length(), 0)));
  }

  /** A sign or none, then at least one digit, and no more points than allowed. */
  private static boolean isDigits(String cell, int from, int to, int points) {
    int at = from < to && (cell.charAt(from) == '-' || cell.charAt(from) == '+') ? from + 1 : from;
    int digits = 0;
    int left = points;
    for (; at < to; at++) {
      char character = cell.charAt(at);
      if (character == '.') {
        left--;
      } else if (character >= '0' && character <= '9') {
        digits++;
      } else {
        return false;
      }
    }
    return digits > 0 && left >= 0;
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
