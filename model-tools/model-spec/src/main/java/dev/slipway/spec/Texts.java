package dev.slipway.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Small helpers for messages. */
final class Texts {
  private static final int LONGEST_SHOWN = 60;

  private Texts() {}

  /** {@return the text on one line, cut where it is too long to show} */
  static String shorten(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "…";
  }

  /** {@return the known name that the unknown one was probably meant to be} */
  static Optional<String> nearest(String unknown, Collection<String> known) {
    String wanted = simplify(unknown);
    return known.stream()
        .min(Comparator.comparingInt(name -> distance(wanted, simplify(name))))
        .filter(name -> distance(wanted, simplify(name)) <= Math.max(2, wanted.length() / 2));
  }

  private static String simplify(String name) {
    String shown = name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) : name;
    return shown.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  /**
   * Edit distance of Levenshtein (1966): the least number of insertions, deletions and replacements
   * of one letter.
   */
  static int distance(String left, String right) {
    int[] previous = new int[right.length() + 1];
    for (int column = 0; column <= right.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= left.length(); row++) {
      int[] current = new int[right.length() + 1];
      current[0] = row;
      for (int column = 1; column <= right.length(); column++) {
        int replace = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
        int step = Math.min(current[column - 1], previous[column]) + 1;
        current[column] = Math.min(step, previous[column - 1] + replace);
      }
      previous = current;
    }
    return previous[right.length()];
  }
}
