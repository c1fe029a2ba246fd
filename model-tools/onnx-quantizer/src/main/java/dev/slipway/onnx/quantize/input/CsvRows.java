package dev.slipway.onnx.quantize.input;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Reads the rows of a CSV (RFC 4180, gzip allowed), one in memory at a time. */
final class CsvRows implements AutoCloseable {
  /** A row of an image is long; more than this is no row. */
  private static final int LONGEST = 64 << 20;

  private final Path file;
  private final BufferedReader reader;
  private int number;

  private CsvRows(Path file, BufferedReader reader) {
    this.file = file;
    this.reader = reader;
  }

  static CsvRows open(Path file) {
    try {
      InputStream bytes = Files.newInputStream(file);
      InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
      return new CsvRows(
          file, new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8)));
    } catch (IOException failure) {
      throw Unreadable.file(file, "cannot be read: " + failure.getMessage(), failure);
    }
  }

  /** {@return the cells of the next row that is not blank; empty at the end} */
  Optional<List<String>> next() {
    try {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (number == 1 && line.startsWith("\ufeff")) {
          line = line.substring(1);
        }
        if (!line.isBlank()) {
          return Optional.of(cells(line));
        }
      }
      return Optional.empty();
    } catch (IOException failure) {
      throw Unreadable.file(
          file, "line %d cannot be read: %s".formatted(number + 1, failure.getMessage()), failure);
    }
  }

  /** {@return the number of the line last read, from 1} */
  int line() {
    return number;
  }

  private List<String> cells(String first) throws IOException {
    String line = first;
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    int place = 0;
    while (true) {
      if (place == line.length()) {
        if (!quoted) {
          cells.add(cell.toString());
          return cells;
        }
        String more = reader.readLine();
        if (more == null || cell.length() > LONGEST) {
          throw Unreadable.file(file, "line %d: a quote is not closed".formatted(number));
        }
        number++;
        cell.append('\n');
        line = more;
        place = 0;
        continue;
      }
      char letter = line.charAt(place++);
      if (letter == '"') {
        boolean doubled = quoted && place < line.length() && line.charAt(place) == '"';
        if (doubled) {
          cell.append(letter);
          place++;
        } else {
          quoted = !quoted;
        }
      } else if (letter == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(letter);
      }
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException failure) {
      throw Unreadable.file(file, "cannot be closed", failure);
    }
  }
}
