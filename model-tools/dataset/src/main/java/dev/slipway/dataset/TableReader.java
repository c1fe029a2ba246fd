package dev.slipway.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipException;

/**
 * Reads a CSV file, plain or gzipped. The separator is the one of comma, semicolon and tab that the
 * header uses most. Stateless.
 */
public final class TableReader {
  private static final String SEPARATORS = ",;\t";
  private static final int HEADER_LOOK = 1 << 16;
  private static final int LONGEST_NAME = 200;

  /** What pandas calls the column of row names that it, and R, write without a name. */
  static final String ROW_NAMES = "Unnamed: 0";

  private TableReader() {}

  /**
   * Reads a file.
   *
   * @throws DatasetException naming every problem of its form
   * @throws IOException if the file cannot be read at all
   */
  public static Table read(Path file, ReadLimits limits) throws IOException, DatasetException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return read(bytes, limits);
    }
  }

  /** Reads a stream to its end; the caller closes it. */
  public static Table read(InputStream bytes, ReadLimits limits)
      throws IOException, DatasetException {
    Rows rows = new Rows();
    try {
      BufferedReader text = TextSource.open(bytes, limits);
      CsvParser parser = new CsvParser(text, separator(text), limits);
      List<String> header =
          parser.next().map(TableReader::trimmed).orElseThrow(TableReader::noHeader);
      Problems problems = new Problems(rows::line);
      List<String> names = named(header);
      checkHeader(names, problems);
      readRows(parser, header.size(), limits, rows, problems);
      if (!names.equals(header) && !rows.haveNames()) {
        problems.add(unnamed(1));
      }
      problems.check();
      return new Table(names, rows.cells, rows.lines);
    } catch (CharacterCodingException _) {
      // The decoder knows no place; the number of rows read so far is the nearest there is.
      throw refusal(
          "DATASET_NOT_UTF8",
          "bytes after row %d are not UTF-8; save the file as CSV (UTF-8) and upload it again"
              .formatted(rows.cells.size()));
    } catch (TextSource.TooLargeException large) {
      throw refusal("DATASET_TOO_LARGE", String.valueOf(large.getMessage()));
    } catch (ZipException | java.io.EOFException damaged) {
      throw refusal("DATASET_GZIP_DAMAGED", "the gzip file is damaged: " + damaged.getMessage());
    }
  }

  private static DatasetException noHeader() {
    return refusal("DATASET_EMPTY", "the file holds no line; expected a header and data rows");
  }

  private static DatasetException refusal(String code, String message) {
    return DatasetException.of(DatasetProblem.file(code, message));
  }

  private static char separator(BufferedReader text) throws IOException {
    text.mark(HEADER_LOOK);
    int[] counts = new int[SEPARATORS.length()];
    boolean quoted = false;
    for (int read = 0; read < HEADER_LOOK - 1; read++) {
      int next = text.read();
      if (next < 0 || (!quoted && (next == '\n' || next == '\r'))) {
        break;
      }
      quoted ^= next == '"';
      int kind = SEPARATORS.indexOf(next);
      if (!quoted && kind >= 0) {
        counts[kind]++;
      }
    }
    text.reset();
    int best = 0;
    for (int kind = 1; kind < counts.length; kind++) {
      best = counts[kind] > counts[best] ? kind : best;
    }
    return SEPARATORS.charAt(best);
  }

  private static List<String> trimmed(List<String> header) {
    return header.stream().map(String::strip).toList();
  }

  /** A first column without a name that names the rows gets a name, so that it can be ignored. */
  private static List<String> named(List<String> header) {
    if (header.size() < 2 || !header.getFirst().isEmpty() || header.contains(ROW_NAMES)) {
      return header;
    }
    List<String> names = new ArrayList<>(header);
    names.set(0, ROW_NAMES);
    return List.copyOf(names);
  }

  private static void checkHeader(List<String> header, Problems problems) {
    Set<String> seen = new HashSet<>();
    for (int index = 0; index < header.size(); index++) {
      String name = header.get(index);
      if (name.isEmpty()) {
        problems.add(unnamed(index + 1));
      } else if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
        problems.add(
            DatasetProblem.file(
                "DATASET_COLUMN_NAME",
                "column %d of the header is named %s; expected at most %d characters on one line"
                    .formatted(index + 1, Shown.of(name), LONGEST_NAME)));
      } else if (!seen.add(name)) {
        problems.add(
            DatasetProblem.column(
                "DATASET_COLUMN_TWICE", name, "the header names it twice; rename one of them"));
      }
    }
  }

  private static DatasetProblem unnamed(int column) {
    return DatasetProblem.file(
        "DATASET_COLUMN_UNNAMED",
        ("column %d of the header has no name; name every column (only the first may go without,"
                + " if it names or numbers the rows and no two are equal)")
            .formatted(column));
  }

  private static void readRows(
      CsvParser parser, int width, ReadLimits limits, Rows rows, Problems problems)
      throws IOException, DatasetException {
    long cellsLeft = limits.cells();
    for (var cells = parser.next(); cells.isPresent(); cells = parser.next()) {
      rows.add(cells.get(), parser.line());
      if (cells.get().size() != width) {
        problems.add(
            DatasetProblem.row(
                "DATASET_ROW_LENGTH",
                rows.cells.size(),
                "expected %d cells as in the header, found %d"
                    .formatted(width, cells.get().size())));
      }
      cellsLeft -= cells.get().size();
      if (rows.cells.size() > limits.rows() || cellsLeft < 0) {
        problems.add(
            DatasetProblem.file(
                "DATASET_TOO_LARGE",
                "expected at most %d rows and %d cells; use a sample of the rows"
                    .formatted(limits.rows(), limits.cells())));
        return;
      }
      if (problems.isFull()) {
        return;
      }
    }
    if (rows.cells.isEmpty()) {
      problems.add(
          DatasetProblem.file("DATASET_NO_ROWS", "there is a header and no row; add data rows"));
    }
  }

  /** The rows read so far, and where they began. */
  private static final class Rows {
    private static final int FIRST = 1 << 10;

    final List<List<String>> cells = new ArrayList<>();
    int[] lines = new int[FIRST];

    void add(List<String> row, int line) {
      if (cells.size() == lines.length) {
        lines = Arrays.copyOf(lines, lines.length * 2);
      }
      lines[cells.size()] = line;
      cells.add(row);
    }

    int line(int row) {
      return lines[row];
    }

    /** Says whether the first cell differs in every row, as row numbers do. */
    boolean haveNames() {
      Set<String> seen = new HashSet<>();
      return cells.stream().allMatch(row -> seen.add(row.getFirst().strip()));
    }
  }
}
