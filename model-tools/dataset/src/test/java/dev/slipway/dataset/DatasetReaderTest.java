package dev.slipway.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.dataset.DataSettings.ColumnSetting;
import dev.slipway.dataset.DataSettings.NumberRange;
import dev.slipway.dataset.DataSettings.Privacy;
import dev.slipway.dataset.DatasetColumn.Use;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetReaderTest {
  @Test
  void read_people_infersTypes() throws Exception {
    Dataset dataset =
        DatasetReader.read(TestData.table(TestData.people()), TestData.classes("kind"));
    assertEquals(
        List.of(Use.NUMBER, Use.CATEGORY, Use.IGNORED, Use.TARGET),
        dataset.columns().stream().map(DatasetColumn::use).toList());
    assertEquals(List.of("blue", "red"), dataset.categories().getFirst().categories());
    assertEquals(3.0, dataset.number(2, 0));
    assertEquals("red", dataset.category(3, 0));
    assertEquals("good", dataset.target().text(0));
  }

  @Test
  void read_oneWordAmongNumbers_namesRowAndColumn() throws Exception {
    String csv = TestData.people().replace("\n16.5,", "\nmany,");
    DatasetException refused = refused(csv, TestData.classes("kind"));
    DatasetProblem problem = refused.problems().getFirst();
    assertEquals("DATASET_VALUE_TYPE", problem.code());
    assertEquals(12, problem.row().orElseThrow());
    assertEquals(Optional.of("size"), problem.column());
  }

  @Test
  void read_severalMistakes_reportsAll() throws Exception {
    String csv = TestData.people().replace("\n16.5,", "\nmany,").replace("Ann 3,bad", "Ann 3,");
    DataSettings settings =
        new DataSettings(true, "kind", Map.of("weight", ColumnSetting.OPEN), "key");
    assertEquals(
        List.of("DATASET_COLUMN_MISSING", "DATASET_VALUE_TYPE", "DATASET_TARGET_VALUE_MISSING"),
        TestData.codes(refused(csv, settings)));
  }

  @Test
  void read_withoutTheTarget_namesTheColumnsThereAre() throws Exception {
    DatasetException refused = refused(TestData.people(), TestData.classes("price"));
    assertEquals(List.of("DATASET_TARGET_MISSING"), TestData.codes(refused));
    assertTrue(String.valueOf(refused.getMessage()).contains("size, colour, person, kind"));
  }

  @Test
  void read_oneClass_isRefused() throws Exception {
    String csv = TestData.people().replace("good", "bad");
    assertEquals(
        List.of("DATASET_ONE_CLASS"), TestData.codes(refused(csv, TestData.classes("kind"))));
  }

  @Test
  void read_constantNumberAsTarget_isRefused() throws Exception {
    String csv = TestData.people().replace("good", "1").replace("bad", "1");
    assertEquals(
        List.of("DATASET_TARGET_CONSTANT"), TestData.codes(refused(csv, TestData.numbers("kind"))));
  }

  @Test
  void read_classOfTwoRows_isRefused() throws Exception {
    String csv = TestData.people() + "1,red,Zoe,odd\n2,red,Zoe,odd\n";
    assertEquals(
        List.of("DATASET_CLASS_TOO_SMALL"), TestData.codes(refused(csv, TestData.classes("kind"))));
  }

  @Test
  void read_classNamedNone_isAClass() throws Exception {
    String csv = TestData.people().replace("good", "None");
    Dataset dataset = DatasetReader.read(TestData.table(csv), TestData.classes("kind"));
    assertEquals(List.of("None", "bad"), ((DatasetTarget.Labels) dataset.target()).classes());
  }

  @Test
  void read_hashedIdentifier_isIgnoredAndNotRefused() throws Exception {
    DataSettings settings =
        new DataSettings(true, "kind", Map.of("person", TestData.personal(Privacy.HASH)), "key");
    StringBuilder csv = new StringBuilder(TestData.people());
    for (int row = 30; row < 600; row++) {
      csv.append("1,red,Ann ").append(row).append(",good\n");
    }
    Dataset dataset = DatasetReader.read(TestData.table(csv.toString()), settings);
    assertEquals(Use.IGNORED, dataset.columns().get(2).use());
  }

  @Test
  void read_fewRows_isRefused() throws Exception {
    assertTrue(
        TestData.codes(refused("a,b\n1,2\n", TestData.numbers("b")))
            .contains("DATASET_TOO_FEW_ROWS"));
  }

  @Test
  void read_missingValues_becomeGaps() throws Exception {
    String csv = TestData.people().replace("\n16.5,blue", "\n?,NA");
    Dataset dataset = DatasetReader.read(TestData.table(csv), TestData.classes("kind"));
    assertTrue(Double.isNaN(dataset.number(11, 0)));
    assertEquals("", dataset.category(11, 0));
    assertEquals(1, dataset.numbers().getFirst().missing());
  }

  @Test
  void read_outsideTheRange_namesTheRow() throws Exception {
    ColumnSetting setting =
        new ColumnSetting(
            Optional.empty(), Optional.empty(), Privacy.NONE, Optional.of(new NumberRange(0, 42)));
    DatasetException refused =
        refused(TestData.people(), new DataSettings(true, "kind", Map.of("size", setting), "key"));
    assertEquals(List.of("DATASET_VALUE_RANGE"), TestData.codes(refused));
    assertEquals(30, refused.problems().getFirst().row().orElseThrow());
  }

  @Test
  void read_countingNumbers_areAnIdentifier() throws Exception {
    StringBuilder csv = new StringBuilder("row,x,y\n");
    for (int row = 0; row < 30; row++) {
      csv.append("%d,%s,%s%n".formatted(row, row * 0.37, row * 0.5));
    }
    Dataset dataset = DatasetReader.read(TestData.table(csv.toString()), TestData.numbers("y"));
    assertEquals(List.of("x"), dataset.numbers().stream().map(DatasetColumn::name).toList());
  }

  @Test
  void labels_thatAreNumbers_sortByValue() throws Exception {
    StringBuilder csv = new StringBuilder("x,digit\n");
    for (int row = 0; row < 60; row++) {
      csv.append("%s,%d%n".formatted(row * 0.1, row % 12));
    }
    Dataset dataset = DatasetReader.read(TestData.table(csv.toString()), TestData.classes("digit"));
    assertEquals("11", ((DatasetTarget.Labels) dataset.target()).classes().getLast());
  }

  @Test
  void write_personalColumns_leaveNoTrace(@TempDir Path folder) throws Exception {
    for (Privacy privacy : List.of(Privacy.DROP, Privacy.HASH, Privacy.MASK)) {
      DataSettings settings =
          new DataSettings(true, "kind", Map.of("person", TestData.personal(privacy)), "key");
      Dataset dataset = DatasetReader.read(TestData.table(TestData.people()), settings);
      Path file = folder.resolve(privacy + ".csv");
      Split split = Splitter.split(dataset, Split.Shares.usual(), 1, "key");
      DatasetWriter.write(dataset, split.train(), "kind", file);
      assertFalse(Files.readString(file).contains("Ann"), privacy.name());
      Table again = TableReader.read(file, TestData.LIMITS);
      assertEquals(split.train().length, again.rows().size());
    }
  }

  @Test
  void message_aboutAPersonalColumn_doesNotShowTheValue() throws Exception {
    ColumnSetting setting =
        new ColumnSetting(
            Optional.of(DataSettings.Declared.CATEGORY),
            Optional.empty(),
            Privacy.DROP,
            Optional.empty());
    Dataset dataset =
        DatasetReader.read(
            TestData.table(TestData.people()),
            new DataSettings(true, "kind", Map.of("person", setting), "key"));
    assertTrue(dataset.columns().stream().noneMatch(column -> column.line().contains("Ann")));
  }

  @Test
  void lines_ofADroppedPersonalColumn_countItWithoutItsName() throws Exception {
    Dataset dataset =
        DatasetReader.read(
            TestData.table(TestData.people()),
            new DataSettings(
                true, "kind", Map.of("person", TestData.personal(Privacy.DROP)), "key"));
    assertTrue(dataset.lines().contains("dropped 1 column (pii)"), dataset.lines()::toString);
    assertFalse(dataset.lines().toString().contains("person"), dataset.lines()::toString);
    assertEquals(dataset.columns().size(), dataset.lines().size());
  }

  @Test
  void refusal_ofATableWithDroppedColumns_doesNotNameThem() throws Exception {
    Map<String, ColumnSetting> columns =
        Map.of(
            "person", TestData.personal(Privacy.DROP),
            "passport", TestData.personal(Privacy.DROP));
    DatasetException refused =
        refused(TestData.people(), new DataSettings(true, "absent", columns, "key"));
    assertEquals(
        List.of("DATASET_TARGET_MISSING", "DATASET_COLUMN_MISSING"),
        refused.problems().stream().map(DatasetProblem::code).toList());
    assertFalse(refused.toString().contains("person,"), refused::toString);
    assertFalse(refused.toString().contains("passport"), refused::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,%d", "€1.%d", "(%d)"})
  void column_ofNumbersThatCanBeReadInTwoWays_isLeftOutWithAdvice(String form) throws Exception {
    StringBuilder csv = new StringBuilder("x;price;kind\n");
    for (int row = 0; row < 60; row++) {
      csv.append(row % 7)
          .append(';')
          .append(form.formatted(100 + row))
          .append(";k")
          .append(row % 2);
      csv.append('\n');
    }
    Dataset dataset = DatasetReader.read(TestData.table(csv.toString()), TestData.classes("kind"));
    String line = dataset.columns().get(1).line();
    assertTrue(line.contains("with a decimal point"), line);
  }

  private static DatasetException refused(String csv, DataSettings settings) throws Exception {
    Table table = TestData.table(csv);
    return assertThrows(DatasetException.class, () -> DatasetReader.read(table, settings));
  }
}
