package dev.slipway.dataset;

import java.util.Arrays;
import java.util.List;

/**
 * A table of text as it stands in the file, nothing interpreted. Immutable and thread-safe. Names
 * of columns are trimmed, unique and not empty; every row is as long as the header.
 */
public final class Table {
  private final List<String> header;
  private final List<List<String>> rows;
  private final int[] lines;

  Table(List<String> header, List<List<String>> rows, int[] lines) {
    this.header = List.copyOf(header);
    this.rows = List.copyOf(rows);
    this.lines = Arrays.copyOf(lines, rows.size());
  }

  /** {@return the names of the columns} */
  public List<String> header() {
    return header;
  }

  /** {@return the data rows; the header is none of them} */
  public List<List<String>> rows() {
    return rows;
  }

  /**
   * {@return the line of the file on which a row begins, from 1}
   *
   * @param row counted from 0
   */
  public int line(int row) {
    return lines[row];
  }

  /** {@return the position of a column, -1 if there is none of that name} */
  public int indexOf(String column) {
    return header.indexOf(column);
  }
}
