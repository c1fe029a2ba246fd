package dev.slipway.dataset;

import dev.slipway.dataset.DataSettings.Privacy;
import dev.slipway.dataset.DatasetColumn.Use;
import java.util.ArrayList;
import java.util.List;

/** Typed rows: numeric features, category features, and the target. Immutable and thread-safe. */
public final class Dataset {
  private final List<DatasetColumn> columns;
  private final List<DatasetColumn> numbers;
  private final List<DatasetColumn> categories;
  private final double[][] numberValues;
  private final List<List<String>> categoryValues;
  private final DatasetTarget target;

  Dataset(
      List<DatasetColumn> columns,
      double[][] numberValues,
      List<List<String>> categoryValues,
      DatasetTarget target) {
    this.columns = List.copyOf(columns);
    this.numbers = columns.stream().filter(column -> column.use() == Use.NUMBER).toList();
    this.categories = columns.stream().filter(column -> column.use() == Use.CATEGORY).toList();
    this.numberValues = numberValues;
    this.categoryValues = categoryValues.stream().map(List::copyOf).toList();
    this.target = target;
  }

  /** {@return every column of the file, in its order, as it was understood} */
  public List<DatasetColumn> columns() {
    return columns;
  }

  /**
   * {@return one line per column for whatever is stored; of the personal ones that were dropped
   * only their number is said, last: a name can say as much as a value}
   */
  public List<String> lines() {
    return linesOf(columns);
  }

  private static List<String> linesOf(List<DatasetColumn> columns) {
    List<String> lines = new ArrayList<>();
    columns.stream()
        .filter(column -> column.privacy() != Privacy.DROP)
        .forEach(column -> lines.add(column.line()));
    int dropped = columns.size() - lines.size();
    if (dropped > 0) {
      lines.add("dropped %d %s (pii)".formatted(dropped, dropped == 1 ? "column" : "columns"));
    }
    return List.copyOf(lines);
  }

  /** {@return the numeric features, in the order of the file} */
  public List<DatasetColumn> numbers() {
    return numbers;
  }

  /** {@return the category features, in the order of the file} */
  public List<DatasetColumn> categories() {
    return categories;
  }

  /** {@return how many rows there are} */
  public int rows() {
    return target.rows();
  }

  /** {@return the value of a numeric feature, counted from 0; NaN where it is missing} */
  public double number(int row, int feature) {
    return numberValues[feature][row];
  }

  /** {@return the word of a category feature, counted from 0; empty where it is missing} */
  public String category(int row, int feature) {
    return categoryValues.get(feature).get(row);
  }

  /** {@return what the model learns to say} */
  public DatasetTarget target() {
    return target;
  }
}
