package dev.slipway.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What holds for every table and for every file, tried with seeded random ones. */
class CsvPropertyTest {
  private static final String[] PIECES = {
    "a", "Ä", "名", "😀", "7", ".", "-", " ", ",", ";", "\t", "\"", "\n", "\r\n", "\r", "'", "\\"
  };

  @RepeatedTest(300)
  void read_whatWasWritten_givesTheCells(RepetitionInfo repetition) throws Exception {
    Random random = new Random(repetition.getCurrentRepetition());
    int columns = 2 + random.nextInt(5);
    List<String> header = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      header.add("c" + column);
    }
    List<List<String>> rows = new ArrayList<>();
    int count = 1 + random.nextInt(20);
    for (int row = 0; row < count; row++) {
      List<String> cells = new ArrayList<>();
      for (int column = 0; column < columns; column++) {
        cells.add(cell(random));
      }
      rows.add(cells);
    }
    String end = random.nextBoolean() ? "\n" : "\r\n";
    String csv = String.join(",", header) + end + text(rows, random, end);

    Table table = TestData.table(csv);

    assertEquals(header, table.header());
    assertEquals(rows, table.rows());
    for (int row = 1; row < count; row++) {
      assertTrue(table.line(row) > table.line(row - 1), "lines ascend");
    }
  }

  @RepeatedTest(500)
  void read_anyBytes_givesATableOrItsProblems(RepetitionInfo repetition) throws Exception {
    Random random = new Random(1000 + repetition.getCurrentRepetition());
    byte[] bytes = damaged(random);
    try {
      Table table = TestData.table(bytes);
      assertFalse(table.rows().isEmpty());
      assertTrue(
          table.rows().stream().allMatch(row -> row.size() == table.header().size()),
          "every row is as long as the header");
      DatasetReader.read(table, TestData.classes(table.header().getLast()));
    } catch (DatasetException refused) {
      assertFalse(refused.problems().isEmpty());
      assertTrue(refused.problems().size() <= Problems.MOST + 1);
      for (DatasetProblem problem : refused.problems()) {
        assertTrue(problem.code().matches("DATASET_[A-Z0-9_]+"), problem.code());
        assertTrue(problem.toString().codePoints().noneMatch(Character::isISOControl), "one line");
      }
    }
  }

  private static byte[] damaged(Random random) {
    byte[] bytes = TestData.people().getBytes(StandardCharsets.UTF_8);
    int wounds = 1 + random.nextInt(6);
    for (int wound = 0; wound < wounds; wound++) {
      int place = random.nextInt(bytes.length);
      bytes[place] =
          switch (random.nextInt(4)) {
            case 0 -> (byte) random.nextInt(256);
            case 1 -> (byte) '"';
            case 2 -> (byte) '\n';
            default -> (byte) ',';
          };
    }
    return bytes;
  }

  private static String cell(Random random) {
    StringBuilder cell = new StringBuilder();
    int length = random.nextInt(6);
    for (int piece = 0; piece < length; piece++) {
      cell.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return cell.toString();
  }

  private static String text(List<List<String>> rows, Random random, String end) {
    return rows.stream()
        .map(
            row -> row.stream().map(cell -> written(cell, random)).collect(Collectors.joining(",")))
        .collect(Collectors.joining(end, "", random.nextBoolean() ? end : ""));
  }

  private static String written(String cell, Random random) {
    boolean quotes =
        random.nextBoolean() || cell.chars().anyMatch(c -> c == ',' || c == '"' || c < ' ');
    return quotes ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }
}
