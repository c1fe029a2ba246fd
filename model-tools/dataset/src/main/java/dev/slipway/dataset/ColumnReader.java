package dev.slipway.dataset;

import dev.slipway.dataset.DataSettings.ColumnSetting;
import dev.slipway.dataset.DataSettings.Declared;
import dev.slipway.dataset.DataSettings.NumberRange;
import dev.slipway.dataset.DataSettings.Privacy;
import dev.slipway.dataset.DatasetColumn.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Understands one feature column: a number, a category, or nothing for the model. */
final class ColumnReader {
  /** From this share of numbers on, a column is numeric and the other cells are mistakes. */
  private static final double MOSTLY_NUMBERS = 0.9;

  /** More words than this do not help a small model; each becomes an input of its own. */
  private static final int MOST_WORDS = 256;

  /** A word should be seen a few times to learn from: fewer words than a fifth of the rows. */
  private static final int ROWS_PER_WORD = 5;

  private static final int FEW_WORDS = 12;

  private final String name;
  private final ColumnSetting setting;
  private final List<String> cells;
  private final Problems problems;
  private final int missing;

  /** How numbers are written that are not plain. */
  private final Optional<NumberStyle> style;

  /** NaN where a cell is no number. */
  private final double[] parsed;

  ColumnReader(String name, ColumnSetting setting, List<String> cells, Problems problems) {
    this.name = name;
    this.setting = setting;
    this.cells = cells;
    this.problems = problems;
    this.missing = (int) cells.stream().filter(Numbers::isMissing).count();
    this.style = NumberStyle.of(cells);
    this.parsed = cells.stream().map(this::plain).mapToDouble(Numbers::parseOrNan).toArray();
  }

  private String plain(String cell) {
    return style.map(written -> written.plain(cell)).orElse(cell);
  }

  /** A column with its values, of which one kind is filled in. */
  record Read(DatasetColumn column, double[] numbers, List<String> words) {}

  Read read() {
    if (setting.privacy() == Privacy.DROP) {
      return ignored("personal: dropped before anything is stored");
    }
    if (setting.ignore().orElse(false) || setting.declared().equals(Optional.of(Declared.OTHER))) {
      return ignored("model.yaml says so");
    }
    if (missing == cells.size()) {
      return ignored("no row has a value");
    }
    return switch (kind()) {
      case NUMBER, INTEGER -> numbers();
      case CATEGORY -> words();
      case OTHER ->
          ignored(
              WrittenNumbers.mostly(cells)
                  ? WrittenNumbers.ADVICE
                  : "more different texts than a model of this size can learn from");
    };
  }

  private Declared kind() {
    boolean replaced = setting.privacy() == Privacy.HASH || setting.privacy() == Privacy.MASK;
    if (setting.declared().isPresent()) {
      return replaced ? Declared.CATEGORY : setting.declared().get();
    }
    if (replaced) {
      return wordsOrNothing();
    }
    long numeric = Arrays.stream(parsed).filter(Double::isFinite).count();
    if (setting.range().isPresent() || numeric >= MOSTLY_NUMBERS * (cells.size() - missing)) {
      return Declared.NUMBER;
    }
    return wordsOrNothing();
  }

  private Declared wordsOrNothing() {
    int different = new HashSet<>(cells).size();
    boolean learnable =
        different <= FEW_WORDS
            || (different <= MOST_WORDS && different * ROWS_PER_WORD <= cells.size());
    return learnable ? Declared.CATEGORY : Declared.OTHER;
  }

  private Read numbers() {
    for (int row = 0; row < parsed.length; row++) {
      check(row);
    }
    if (setting.ignore().isEmpty() && looksLikeIdentifier()) {
      return ignored("an identifier: every row has its own; role: feature keeps it");
    }
    if (setting.ignore().isEmpty() && Arrays.stream(parsed).allMatch(v -> v == parsed[0])) {
      return ignored("the same value in every row");
    }
    return new Read(column(Use.NUMBER, List.of(), setting.range()), parsed, List.of());
  }

  private void check(int row) {
    String cell = cells.get(row);
    double number = parsed[row];
    if (Numbers.isMissing(cell)) {
      return;
    }
    if (Double.isNaN(number)) {
      problem(
          "DATASET_VALUE_TYPE",
          row,
          "expected a finite number as in the other rows, found %s; correct it, or say type: category in model.yaml"
              .formatted(shown(cell)));
      return;
    }
    if (setting.declared().equals(Optional.of(Declared.INTEGER)) && !Numbers.isWhole(number)) {
      problem("DATASET_VALUE_TYPE", row, "expected a whole number, found " + shown(cell));
    }
    setting
        .range()
        .filter(range -> !range.contains(number))
        .ifPresent(range ->
            problem(
                "DATASET_VALUE_RANGE",
                row,
                "expected %s to %s, found %s"
                    .formatted(range.minimum(), range.maximum(), shown(cell))));
  }

  /** Whole numbers, counting up row by row, or all different under a name that says so. */
  private boolean looksLikeIdentifier() {
    if (parsed.length < 2 || !Arrays.stream(parsed).allMatch(Numbers::isWhole)) {
      return false;
    }
    boolean counting = true;
    for (int row = 1; row < parsed.length; row++) {
      counting &= parsed[row] == parsed[row - 1] + 1;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    boolean named =
        lower.equals("id")
            || lower.endsWith("_id")
            || lower.equals("index")
            || name.endsWith("Id")
            || name.equals(TableReader.ROW_NAMES);
    return counting || (named && Arrays.stream(parsed).distinct().count() == parsed.length);
  }

  private Read words() {
    List<String> words = new ArrayList<>(cells.size());
    for (String cell : cells) {
      words.add(Numbers.isMissing(cell) ? "" : cell);
    }
    TreeSet<String> different = new TreeSet<>(words);
    different.remove("");
    if (different.size() > MOST_WORDS) {
      problems.add(
          DatasetProblem.column(
              "DATASET_TOO_MANY_CATEGORIES",
              name,
              "expected at most %d different words, found %d; ignore the column or group its words"
                  .formatted(MOST_WORDS, different.size())));
    }
    if (different.size() < 2 && missing == 0 && setting.ignore().isEmpty()) {
      return ignored("the same value in every row");
    }
    return new Read(
        column(Use.CATEGORY, List.copyOf(different), Optional.empty()), new double[0], words);
  }

  private Read ignored(String why) {
    DatasetColumn column =
        new DatasetColumn(
            name, Use.IGNORED, setting.privacy(), Optional.empty(), List.of(), missing, why);
    return new Read(column, new double[0], List.of());
  }

  private DatasetColumn column(Use use, List<String> words, Optional<NumberRange> range) {
    String note =
        switch (setting.privacy()) {
          case NONE, DROP -> noteOnNumbers(use);
          case HASH -> "personal: replaced by a keyed hash";
          case MASK -> "personal: masked";
        };
    return new DatasetColumn(name, use, setting.privacy(), range, words, missing, note);
  }

  private String noteOnNumbers(Use use) {
    if (use == Use.NUMBER) {
      return style.map(NumberStyle::note).orElse("");
    }
    return WrittenNumbers.mostly(cells) ? WrittenNumbers.ADVICE : "";
  }

  private void problem(String code, int row, String message) {
    problems.add(DatasetProblem.cell(code, row + 1, name, message));
  }

  /** Personal values do not belong into messages, nor do long ones. */
  private String shown(String cell) {
    return setting.privacy() == Privacy.NONE ? Shown.of(cell) : "a personal value";
  }
}
