package dev.slipway.dataset;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One reason why a table is refused.
 *
 * @param code countable name such as {@code DATASET_VALUE_TYPE}
 * @param row number of the data row, from 1 (the header is not a row); empty: the whole file
 * @param line of the file on which the row begins, from 1; empty: unknown or the whole file
 * @param column name of the column; empty: the whole row or file
 * @param message what was expected, what was found, what to do
 */
public record DatasetProblem(
    String code, OptionalInt row, OptionalInt line, Optional<String> column, String message) {
  static DatasetProblem file(String code, String message) {
    return new DatasetProblem(
        code, OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), message);
  }

  static DatasetProblem column(String code, String column, String message) {
    return new DatasetProblem(
        code, OptionalInt.empty(), OptionalInt.empty(), Optional.of(column), message);
  }

  static DatasetProblem row(String code, int row, String message) {
    return new DatasetProblem(
        code, OptionalInt.of(row), OptionalInt.empty(), Optional.empty(), message);
  }

  static DatasetProblem cell(String code, int row, String column, String message) {
    return new DatasetProblem(
        code, OptionalInt.of(row), OptionalInt.empty(), Optional.of(column), message);
  }

  DatasetProblem onLine(int number) {
    return new DatasetProblem(code, row, OptionalInt.of(number), column, message);
  }

  /** {@return place and message, without the code} */
  public String text() {
    String place = row.isPresent() ? "row " + row.getAsInt() : "";
    if (line.isPresent()) {
      place += " (line " + line.getAsInt() + ")";
    }
    if (column.isPresent()) {
      place += (place.isEmpty() ? "" : ", ") + "column \"" + column.get() + "\"";
    }
    return place.isEmpty() ? message : place + ": " + message;
  }

  @Override
  public String toString() {
    return code + ": " + text();
  }
}
