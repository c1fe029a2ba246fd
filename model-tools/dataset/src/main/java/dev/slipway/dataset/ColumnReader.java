package dev.slipway.dataset;

import dev.slipway.dataset.DataSettings.ColumnSetting;
import dev.slipway.dataset.DataSettings.Declared;
import dev.slipway.dataset.DataSettings.NumberRange;
import dev.slipway.dataset.DataSettings.Privacy;
import dev.slipway.dataset.DatasetColumn.Use;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
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

  ColumnReader(String name, ColumnSetting setting, List<String> cells, Problems problems) {
    this.name = name;
    this.setting = setting;
    this.cells = cells;
    this.problems = problems;
    this.missing = (int) cells.stream().filter(Numbers::isMissing).count();
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
      case OTHER -> ignored("more different texts than a model of this size can learn from");
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
    long numeric = cells.stream().filter(cell -> Numbers.parse(cell).isPresent()).count();
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
    double[] values = new double[cells.size()];
    Set<Double> different = new HashSet<>();
    for (int row = 0; row < values.length; row++) {
      values[row] = number(cells.get(row), row);
      different.add(values[row]);
    }
    if (setting.ignore().isEmpty() && looksLikeIdentifier(values, different.size())) {
      return ignored("an identifier: every row has its own; role: feature keeps it");
    }
    if (different.size() == 1 && setting.ignore().isEmpty()) {
      return ignored("the same value in every row");
    }
    return new Read(column(Use.NUMBER, List.of(), setting.range()), values, List.of());
  }

  private double number(String cell, int row) {
    if (Numbers.isMissing(cell)) {
      return Double.NaN;
    }
    OptionalDouble value = Numbers.parse(cell);
    if (value.isEmpty()) {
      problem(
          "DATASET_VALUE_TYPE",
          row,
          "expected a finite number as in the other rows, found %s; correct it, or say type: category in model.yaml"
              .formatted(shown(cell)));
      return Double.NaN;
    }
    double number = value.getAsDouble();
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
    return number;
  }

  /** Whole numbers, all different, under a name that says so, or counting up row by row. */
  private boolean looksLikeIdentifier(double[] values, int different) {
    if (different < values.length || values.length < 2) {
      return false;
    }
    boolean counting = true;
    for (int row = 0; row < values.length; row++) {
      if (!Numbers.isWhole(values[row])) {
        return false;
      }
      counting &= row == 0 || values[row] == values[row - 1] + 1;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    boolean named =
        lower.equals("id") || lower.endsWith("_id") || lower.equals("index") || name.endsWith("Id");
    return counting || named;
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
          case NONE, DROP -> "";
          case HASH -> "personal: replaced by a keyed hash";
          case MASK -> "personal: masked";
        };
    return new DatasetColumn(name, use, setting.privacy(), range, words, missing, note);
  }

  private void problem(String code, int row, String message) {
    problems.add(DatasetProblem.cell(code, row + 1, name, message));
  }

  /** Personal values do not belong into messages, nor do long ones. */
  private String shown(String cell) {
    return setting.privacy() == Privacy.NONE ? Shown.of(cell) : "a personal value";
  }
}
