package dev.slipway.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DatasetFindingsTest {
  @Test
  void of_soundTable_findsNothing() throws Exception {
    assertEquals(List.of(), classes(rows(100)));
  }

  @Test
  void of_repeatedRows_countsThem() throws Exception {
    String rows = rows(50);
    assertEquals(
        List.of(
            "50 of 100 rows stand in the file before; equal rows are kept in one part of the split"),
        classes(rows + rows));
  }

  @Test
  void of_columnMostlyEmpty_namesIt() throws Exception {
    String rows = rows(100).replaceAll("(?m)^[^,]*(?=.*[0-6],(a|b),)", "");
    assertTrue(
        classes(rows).stream().anyMatch(text -> text.startsWith("column \"x\" is mostly empty")),
        classes(rows)::toString);
  }

  @Test
  void of_numberFarAway_namesItsColumn() throws Exception {
    assertEquals(
        1,
        classes(rows(100) + "1000000,1,a,no\n").stream()
            .filter(text -> text.startsWith("column \"x\" has 1 numbers far from the others"))
            .count());
  }

  @Test
  void of_targetFarAway_saysSo() throws Exception {
    StringBuilder csv = new StringBuilder("x,y\n");
    for (int row = 0; row < 60; row++) {
      csv.append(row % 7).append(',').append(row == 9 ? 1_000_000 : row % 5).append('\n');
    }
    Dataset dataset = DatasetReader.read(TestData.table(csv.toString()), TestData.numbers("y"));
    assertTrue(
        DatasetFindings.of(dataset)
            .contains(
                "the target has 1 numbers far from the others: half lie from 1 to 3, all from 0 to 1000000"),
        DatasetFindings.of(dataset)::toString);
  }

  @Test
  void of_wordThatTellsTheClass_suspectsALeak() throws Exception {
    String rows = rows(100).replaceAll("(a|b),yes", "paid,yes").replaceAll("(a|b),no", "open,no");
    assertTrue(classes(rows).getFirst().startsWith("column \"word\" alone tells the target"));
  }

  @Test
  void of_numberThatPartsTheClasses_suspectsALeak() throws Exception {
    StringBuilder rows = new StringBuilder();
    for (String line : rows(100).lines().toList()) {
      rows.append(line.endsWith("yes") ? "100" : "")
          .append(line.replaceFirst("^-", ""))
          .append('\n');
    }
    assertTrue(
        classes(rows.toString()).stream()
            .anyMatch(text -> text.startsWith("column \"x\" alone tells the target")),
        classes(rows.toString())::toString);
  }

  @Test
  void of_numberThatIsTheTargetInOtherUnits_suspectsALeak() throws Exception {
    StringBuilder rows = new StringBuilder("metres,other,feet\n");
    Random random = new Random(1);
    for (int row = 0; row < 50; row++) {
      double metres = random.nextDouble() * 100;
      rows.append(metres).append(',').append(random.nextDouble()).append(',');
      rows.append(metres * 3.28084).append('\n');
    }
    Dataset dataset = DatasetReader.read(TestData.table(rows.toString()), TestData.numbers("feet"));
    assertEquals(1, DatasetFindings.of(dataset).size());
    assertTrue(DatasetFindings.of(dataset).getFirst().contains("\"metres\" alone"));
  }

  private static List<String> classes(String rows) throws Exception {
    return DatasetFindings.of(
        DatasetReader.read(TestData.table("x,y,word,paid\n" + rows), TestData.classes("paid")));
  }

  private static String rows(int count) {
    Random random = new Random(count);
    StringBuilder rows = new StringBuilder();
    for (int row = 0; row < count; row++) {
      rows.append(random.nextGaussian()).append(',').append(random.nextInt(9)).append(',');
      rows.append(random.nextBoolean() ? "a," : "b,").append(row % 2 == 0 ? "yes\n" : "no\n");
    }
    return rows.toString();
  }
}
