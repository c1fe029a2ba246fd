package dev.slipway.dataset;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slipway.dataset.DataSettings.ColumnSetting;
import dev.slipway.dataset.DataSettings.Privacy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small tables for tests. */
final class TestData {
  static final ReadLimits LIMITS = new ReadLimits(50_000_000, 100_000, 100, 10_000_000, 1_000);

  private TestData() {}

  static Table table(String csv) throws IOException, DatasetException {
    return table(csv.getBytes(StandardCharsets.UTF_8));
  }

  static Table table(byte[] bytes) throws IOException, DatasetException {
    return TableReader.read(new ByteArrayInputStream(bytes), LIMITS);
  }

  static List<String> codesOfTable(byte[] bytes) {
    return codes(assertThrows(DatasetException.class, () -> table(bytes)));
  }

  static List<String> codesOfTable(String csv) {
    return codesOfTable(csv.getBytes(StandardCharsets.UTF_8));
  }

  static List<String> codes(DatasetException refused) {
    return refused.problems().stream().map(DatasetProblem::code).toList();
  }

  static DataSettings classes(String target) {
    return new DataSettings(true, target, Map.of(), "key");
  }

  static DataSettings numbers(String target) {
    return new DataSettings(false, target, Map.of(), "key");
  }

  static ColumnSetting personal(Privacy privacy) {
    return new ColumnSetting(Optional.empty(), Optional.empty(), privacy, Optional.empty());
  }

  /** Thirty rows: a number, a colour, a person, and a class that alternates. */
  static String people() {
    StringBuilder csv = new StringBuilder("size,colour,person,kind\n");
    for (int row = 0; row < 30; row++) {
      csv.append(row * 1.5)
          .append(row % 3 == 0 ? ",red," : ",blue,")
          .append("Ann ")
          .append(row)
          .append(row % 2 == 0 ? ",good\n" : ",bad\n");
    }
    return csv.toString();
  }
}
