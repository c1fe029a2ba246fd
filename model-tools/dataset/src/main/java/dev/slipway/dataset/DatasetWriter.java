package dev.slipway.dataset;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes rows as CSV: features and target only, personal columns dropped, hashed or masked. */
public final class DatasetWriter {
  private DatasetWriter() {}

  /** Writes the named rows, in that order, with a header. */
  public static void write(Dataset dataset, int[] rows, String targetName, Path file)
      throws IOException {
    try (Writer text = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      text.write(line(header(dataset, targetName)));
      for (int row : rows) {
        text.write(line(cells(dataset, row)));
      }
    }
  }

  private static List<String> header(Dataset dataset, String targetName) {
    List<String> header = new ArrayList<>();
    dataset.numbers().forEach(column -> header.add(column.name()));
    dataset.categories().forEach(column -> header.add(column.name()));
    header.add(targetName);
    return header;
  }

  private static List<String> cells(Dataset dataset, int row) {
    List<String> cells = new ArrayList<>();
    for (int feature = 0; feature < dataset.numbers().size(); feature++) {
      cells.add(Numbers.text(dataset.number(row, feature)));
    }
    for (int feature = 0; feature < dataset.categories().size(); feature++) {
      cells.add(dataset.category(row, feature));
    }
    cells.add(dataset.target().text(row));
    return cells;
  }

  private static String line(List<String> cells) {
    return cells.stream().map(DatasetWriter::quoted).collect(Collectors.joining(",")) + "\n";
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
