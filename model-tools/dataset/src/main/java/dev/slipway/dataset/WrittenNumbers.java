package dev.slipway.dataset;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Numbers as people write them, where {@link NumberStyle} is in doubt: 1,234 is one number to some
 * and another to others. They are not read as numbers, but they are noticed.
 */
final class WrittenNumbers {
  static final String ADVICE =
      "looks like numbers with a comma or a sign: write them with a decimal point, as 1234.5";

  private static final double MOSTLY = 0.9;

  private static final Pattern WRITTEN =
      Pattern.compile("[-+(]?\\p{Sc}?[-+ ]?[0-9][0-9., '\u00a0\u202f]*[ \u00a0]?[%\\p{Sc}]?\\)?");

  private WrittenNumbers() {}

  /** {@return whether nearly all values are written so} Plain numbers alone do not count. */
  static boolean mostly(List<String> cells) {
    long present = cells.stream().filter(cell -> !Numbers.isMissing(cell)).count();
    long plain = cells.stream().filter(cell -> Numbers.parse(cell).isPresent()).count();
    long written = cells.stream().filter(cell -> WRITTEN.matcher(cell).matches()).count();
    return plain < MOSTLY * present && written >= MOSTLY * present;
  }
}
