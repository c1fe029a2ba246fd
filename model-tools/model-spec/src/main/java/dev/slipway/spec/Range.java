package dev.slipway.spec;

/**
 * The values a number may have, both ends included.
 *
 * @param minimum finite
 * @param maximum finite, not below the minimum
 */
public record Range(double minimum, double maximum) {
  /** Refuses a range that is empty or not finite. */
  public Range {
    if (!(Double.isFinite(minimum) && Double.isFinite(maximum) && minimum <= maximum)) {
      throw new IllegalArgumentException(
          "expected finite minimum <= maximum, found [" + minimum + ", " + maximum + "]");
    }
  }
}
