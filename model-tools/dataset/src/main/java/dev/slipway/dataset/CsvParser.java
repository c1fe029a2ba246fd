package dev.slipway.dataset;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of RFC 4180: quotes may hold separators, line breaks and doubled quotes; lines end
 * with LF or CRLF. Stricter than most: a quote inside an unquoted cell, or text after a closing
 * quote, is refused, because such files are read differently by every tool.
 */
final class CsvParser {
  private static final int END = -1;

  /** A power of two: how many cells are remembered so that equal ones share their memory. */
  private static final int SHARED = 1 << 12;

  /** Longer cells are rarely equal. */
  private static final int SHARED_CHARACTERS = 24;

  private final Reader text;
  private final char separator;
  private final ReadLimits limits;
  private final StringBuilder cell = new StringBuilder();
  private final @Nullable String[] shared = new String[SHARED];
  private int next;
  private boolean started;
  private int record;
  private int line = 1;
  private int recordLine = 1;

  CsvParser(Reader text, char separator, ReadLimits limits) {
    this.text = text;
    this.separator = separator;
    this.limits = limits;
  }

  /** {@return the next record; empty at the end} Lines with nothing on them are left out. */
  Optional<List<String>> next() throws IOException, DatasetException {
    if (!started) {
      started = true;
      next = text.read();
    }
    while (next == '\n' || next == '\r') {
      advance();
    }
    if (next == END) {
      return Optional.empty();
    }
    record++;
    recordLine = line;
    List<String> cells = new ArrayList<>();
    do {
      if (cells.size() > limits.columns()) {
        throw refusal(
            "DATASET_TOO_MANY_COLUMNS", "expected at most " + limits.columns() + " columns");
      }
      cells.add(cell());
    } while (next == separator && advance());
    if (next == '\r') {
      advance();
    }
    if (next == '\n') {
      advance();
    }
    return Optional.of(List.copyOf(cells));
  }

  /** {@return the line on which the last record begins, from 1} */
  int line() {
    return recordLine;
  }

  private boolean advance() throws IOException {
    int before = next;
    next = text.read();
    if (before == '\n' || (before == '\r' && next != '\n')) {
      line++;
    }
    return true;
  }

  private String cell() throws IOException, DatasetException {
    cell.setLength(0);
    if (next == '"') {
      return quoted();
    }
    while (next != END && next != separator && next != '\n' && next != '\r') {
      if (next == '"') {
        throw refusal(
            "DATASET_QUOTE_STRAY",
            "a quote stands inside an unquoted cell; quote the whole cell and double the quote");
      }
      append();
    }
    return cellText();
  }

  private String quoted() throws IOException, DatasetException {
    advance();
    while (true) {
      if (next == END) {
        throw refusal("DATASET_QUOTE_UNCLOSED", "a quoted cell has no closing quote; add it");
      }
      if (next == '"') {
        advance();
        if (next != '"') {
          break;
        }
      }
      append();
    }
    if (next != END && next != separator && next != '\n' && next != '\r') {
      throw refusal(
          "DATASET_QUOTE_STRAY",
          "text follows a closing quote; expected a separator or a line end");
    }
    return cellText();
  }

  /** A file of a few words, or of small numbers, needs the memory of a few cells. */
  private String cellText() {
    if (cell.length() > SHARED_CHARACTERS) {
      return cell.toString();
    }
    int hash = 0;
    for (int index = 0; index < cell.length(); index++) {
      hash = 31 * hash + cell.charAt(index);
    }
    int place = (hash ^ (hash >>> 16)) & (SHARED - 1);
    String known = shared[place];
    if (known == null || !known.contentEquals(cell)) {
      known = cell.toString();
      shared[place] = known;
    }
    return known;
  }

  private void append() throws IOException, DatasetException {
    if (next == 0) {
      throw refusal(
          "DATASET_NOT_CSV", "a NUL character; expected CSV as UTF-8 text, save it as such");
    }
    if (cell.length() >= limits.cellCharacters()) {
      throw refusal(
          "DATASET_CELL_TOO_LONG",
          "a cell has more than %d characters; a quote that is never closed does that"
              .formatted(limits.cellCharacters()));
    }
    cell.append((char) next);
    advance();
  }

  /** The header is record 1, so that the row number is one less. */
  private DatasetException refusal(String code, String message) {
    return DatasetException.of(
        record == 1
            ? DatasetProblem.file(code, "header: " + message)
            : DatasetProblem.row(code, record - 1, message).onLine(recordLine));
  }
}
