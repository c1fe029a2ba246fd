package dev.slipway.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The data of the breast-cancer example: a patient id, 30 measurements and a diagnosis per line.
 *
 * @param lines without the header
 */
record ExampleData(String header, List<String> lines) {
  private static final int FEATURES = 30;
  private static final float TOLERANCE = 1e-5f;

  static ExampleData read(Path root) {
    try {
      List<String> lines =
          Files.readAllLines(root.resolve("model-tools/examples/breast-cancer/breast-cancer.csv"));
      return new ExampleData(lines.getFirst(), lines.subList(1, lines.size()));
    } catch (IOException missing) {
      throw new AssertionError("the example's data can't be read", missing);
    }
  }

  /** {@return the diagnoses of the rows that an inference request holds} */
  List<String> diagnosesOf(JsonNode request) {
    List<Float> asked = new ArrayList<>();
    request.path("inputs").path(0).path("data").forEach(value -> flatten(value, asked));
    List<String> diagnoses = new ArrayList<>();
    for (int at = 0; at < asked.size(); at += FEATURES) {
      diagnoses.add(diagnosisOf(asked.subList(at, at + FEATURES)));
    }
    return diagnoses;
  }

  private static void flatten(JsonNode value, List<Float> into) {
    if (value.isArray()) {
      value.forEach(inner -> flatten(inner, into));
    } else {
      into.add((float) value.asDouble());
    }
  }

  private String diagnosisOf(List<Float> asked) {
    return lines.stream()
        .map(line -> line.split(",", -1))
        .filter(cells -> same(cells, asked))
        .map(cells -> cells[FEATURES + 1])
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row of the data is " + asked));
  }

  private static boolean same(String[] cells, List<Float> asked) {
    for (int column = 0; column < FEATURES; column++) {
      float here = Float.parseFloat(cells[column + 1]);
      if (Math.abs(here - asked.get(column)) > TOLERANCE * Math.max(1, Math.abs(here))) {
        return false;
      }
    }
    return true;
  }

  /** {@return the file without its last {@code rows} rows: other data of the same kind} */
  byte[] without(int rows) {
    return file(lines.subList(0, lines.size() - rows));
  }

  /** {@return the file with one cell replaced; rows count from 1, columns from 0} */
  byte[] withCell(int row, int column, String value) {
    List<String> changed = new ArrayList<>(lines);
    String[] cells = changed.get(row - 1).split(",", -1);
    cells[column] = value;
    changed.set(row - 1, String.join(",", cells));
    return file(changed);
  }

  /** {@return the file without its target} */
  byte[] withoutTarget() {
    return Stream.concat(Stream.of(header), lines.stream())
        .map(line -> line.substring(0, line.lastIndexOf(',')) + "\n")
        .reduce("", String::concat)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** {@return only the rows with this diagnosis} */
  byte[] only(String diagnosis) {
    return file(lines.stream().filter(line -> line.endsWith("," + diagnosis)).toList());
  }

  byte[] whole() {
    return file(lines);
  }

  /** {@return the patient ids} */
  List<String> patients() {
    return lines.stream().map(line -> Arrays.asList(line.split(",", 2)).getFirst()).toList();
  }

  private byte[] file(List<String> rows) {
    return (header + "\n" + String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
