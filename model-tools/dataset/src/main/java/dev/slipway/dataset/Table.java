package dev.slipway.dataset;

import java.util.List;

/**
 * A table of text as it stands in the file, nothing interpreted.
 *
 * @param header column names, trimmed; unique and not empty
 * @param rows one list per data row, each as long as the header
 */
public record Table(List<String> header, List<List<String>> rows) {
  /** Copies the lists. */
  public Table {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  /** {@return the position of a column, -1 if there is none of that name} */
  public int indexOf(String column) {
    return header.indexOf(column);
  }
}
