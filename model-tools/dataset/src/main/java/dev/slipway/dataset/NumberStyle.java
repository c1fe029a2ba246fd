package dev.slipway.dataset;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a whole column writes its numbers: $1,234.50 or 1.234,50 €. A single cell such as 1,234 can
 * be read in two ways; a column is read only where most of its cells can be read in one way alone.
 */
enum NumberStyle {
  /** 1,234.5: commas between thousands, a decimal point. */
  POINT(
      Pattern.compile("[-+]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\\.[0-9]+)?"),
      "read without its commas and signs"),
  /** 1.234,5: points or spaces between thousands, a decimal comma. */
  COMMA(
      Pattern.compile("[-+]?([0-9]+|[0-9]{1,3}([. \u00a0\u202f][0-9]{3})+)(,[0-9]+)?"),
      "read with a decimal comma");

  /** From this share of the cells on, a column is in a style and the other cells are mistakes. */
  private static final double MOSTLY = 0.9;

  private static final int LONGEST = 40;

  /** A sign of currency before or after the number, or of percent after it. */
  private static final Pattern SIGNED =
      Pattern.compile(
          "(?<minus>[-+]?)(?<before>\\p{Sc}?)[ \u00a0]?(?<number>[^\\p{Sc}%]*?)[ \u00a0\u202f]?(?<after>[%\\p{Sc}]?)");

  private final Pattern pattern;
  private final String note;

  NumberStyle(Pattern pattern, String note) {
    this.pattern = pattern;
    this.note = note;
  }

  /** {@return what the report says of a column read so} */
  String note() {
    return note;
  }

  /** A cell without its sign. */
  private record Cell(String number, String sign) {
    static Cell of(String text) {
      Matcher parts = SIGNED.matcher(text);
      return parts.matches()
          ? new Cell(
              parts.group("minus") + parts.group("number"),
              parts.group("before") + parts.group("after"))
          : new Cell(text, "");
    }

    boolean in(NumberStyle style) {
      return style.pattern.matcher(number).matches();
    }

    boolean isPlain() {
      return number.chars().allMatch(character -> character >= '0' && character <= '9');
    }
  }

  /** {@return the style of a column; empty for plain numbers, for words, and where in doubt} */
  static Optional<NumberStyle> of(List<String> cells) {
    List<String> present = cells.stream().filter(cell -> !Numbers.isMissing(cell)).toList();
    long perhaps = present.stream().filter(NumberStyle::mayBeNumber).count();
    if (perhaps < MOSTLY * present.size()
        || present.stream().allMatch(cell -> Numbers.parse(cell).isPresent())) {
      return Optional.empty();
    }
    List<Cell> written = present.stream().map(Cell::of).toList();
    // 12 % beside 0.12, or dollars beside euros, are not one measure.
    String sign = written.getFirst().sign();
    if (written.stream().filter(cell -> cell.sign().equals(sign)).count()
        < MOSTLY * written.size()) {
      return Optional.empty();
    }
    if (!sign.isEmpty() && written.stream().allMatch(Cell::isPlain)) {
      return Optional.of(POINT);
    }
    return isClear(POINT, COMMA, written)
        ? Optional.of(POINT)
        : isClear(COMMA, POINT, written) ? Optional.of(COMMA) : Optional.empty();
  }

  /** A quick look, for the many columns of words. */
  private static boolean mayBeNumber(String cell) {
    char last = cell.charAt(cell.length() - 1);
    return cell.length() <= LONGEST && ((last >= '0' && last <= '9') || !Character.isLetter(last));
  }

  /** Nearly all cells fit, and most of those with a comma or a point fit no other style. */
  private static boolean isClear(NumberStyle style, NumberStyle other, List<Cell> cells) {
    List<Cell> fitting = cells.stream().filter(cell -> cell.in(style)).toList();
    long telling = fitting.stream().filter(cell -> !cell.isPlain()).count();
    long clear = fitting.stream().filter(cell -> !cell.in(other)).count();
    return fitting.size() >= MOSTLY * cells.size() && clear > 0 && 2 * clear >= telling;
  }

  /** {@return the cell as a plain number; a cell in another style as it is} */
  String plain(String text) {
    Cell cell = Cell.of(text);
    if (!cell.in(this)) {
      return text;
    }
    return switch (this) {
      case POINT -> cell.number().replace(",", "");
      case COMMA -> cell.number().replaceAll("[. \u00a0\u202f]", "").replace(',', '.');
    };
  }
}
