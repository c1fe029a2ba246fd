package dev.slipway.dataset;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Understands the target column: classes or numbers. */
final class TargetReader {
  /** One row of each class must be able to reach training, validation and test. */
  private static final int LEAST_ROWS_OF_A_CLASS = 3;

  private static final int MOST_CLASSES = 1000;

  private final String name;
  private final List<String> cells;
  private final Problems problems;

  TargetReader(String name, List<String> cells, Problems problems) {
    this.name = name;
    this.cells = cells;
    this.problems = problems;
  }

  DatasetTarget labels() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int row = 0; row < cells.size(); row++) {
      if (!isMissing(row, Numbers.isMissingClass(cells.get(row)))) {
        counts.merge(cells.get(row), 1, Integer::sum);
      }
    }
    checkClasses(counts);
    List<String> classes = counts.keySet().stream().sorted(order(counts)).toList();
    Map<String, Integer> positions = new TreeMap<>();
    for (int index = 0; index < classes.size(); index++) {
      positions.put(classes.get(index), index);
    }
    int[] indexes = cells.stream().mapToInt(cell -> positions.getOrDefault(cell, 0)).toArray();
    return new DatasetTarget.Labels(classes, indexes);
  }

  private boolean isMissing(int row, boolean missing) {
    if (!missing) {
      return false;
    }
    problems.add(
        DatasetProblem.cell(
            "DATASET_TARGET_VALUE_MISSING",
            row + 1,
            name,
            "the target has no value; fill it in or remove the row"));
    return true;
  }

  private void checkClasses(Map<String, Integer> counts) {
    if (counts.size() == 1) {
      problem(
          "DATASET_ONE_CLASS",
          "every row has the class %s; a classifier needs at least two"
              .formatted(Shown.of(counts.keySet().iterator().next())));
    } else if (counts.size() > MOST_CLASSES) {
      problem(
          "DATASET_TOO_MANY_CLASSES",
          "expected at most %d classes, found %d; for a number to predict use task: regression"
              .formatted(MOST_CLASSES, counts.size()));
    } else {
      counts.forEach(this::checkClass);
    }
  }

  private void checkClass(String label, int rows) {
    if (rows < LEAST_ROWS_OF_A_CLASS) {
      problem(
          "DATASET_CLASS_TOO_SMALL",
          "class %s has %d rows, expected at least %d (train, validation, test); add rows, or use task: regression if the target is a number"
              .formatted(Shown.of(label), rows, LEAST_ROWS_OF_A_CLASS));
    }
  }

  /** Numbers by value, words by alphabet. */
  private static Comparator<String> order(Map<String, Integer> counts) {
    boolean numeric = counts.keySet().stream().allMatch(label -> Numbers.parse(label).isPresent());
    Comparator<String> byText = Comparator.naturalOrder();
    return numeric ? Comparator.comparingDouble(Double::parseDouble).thenComparing(byText) : byText;
  }

  DatasetTarget values() {
    double[] values = new double[cells.size()];
    Optional<NumberStyle> style = NumberStyle.of(cells);
    if (style.isEmpty() && WrittenNumbers.mostly(cells)) {
      problem("DATASET_VALUE_TYPE", "the target " + WrittenNumbers.ADVICE);
      return new DatasetTarget.Values(values);
    }
    for (int row = 0; row < values.length; row++) {
      String cell = cells.get(row);
      OptionalDouble value = Numbers.parse(style.map(written -> written.plain(cell)).orElse(cell));
      if (!isMissing(row, Numbers.isMissing(cells.get(row))) && value.isEmpty()) {
        problems.add(
            DatasetProblem.cell(
                "DATASET_VALUE_TYPE",
                row + 1,
                name,
                "expected a finite number as target, found %s; for classes use task: classification"
                    .formatted(Shown.of(cells.get(row)))));
      }
      values[row] = value.orElse(0);
    }
    if (values.length > 0 && constant(values)) {
      problem(
          "DATASET_TARGET_CONSTANT", "every row has the same number; there is nothing to learn");
    }
    return new DatasetTarget.Values(values);
  }

  private static boolean constant(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  private void problem(String code, String message) {
    problems.add(DatasetProblem.column(code, name, message));
  }
}
