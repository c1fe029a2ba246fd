package dev.slipway.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class TableReaderTest {
  private static final int FORTY_MB = 40_000_000;

  @Test
  void read_quotesCrlfAndMark_givesTheCells() throws Exception {
    Table table = TestData.table("\ufeffa,\"b,1\"\r\n\"x \"\"y\"\"\",\"line\nbreak\"\r\n1,\r\n");
    assertEquals(List.of("a", "b,1"), table.header());
    assertEquals(List.of(List.of("x \"y\"", "line\nbreak"), List.of("1", "")), table.rows());
  }

  @Test
  void read_semicolons_areFoundInTheHeader() throws Exception {
    assertEquals(List.of("a", "b"), TestData.table("a;b\n1,5;2\n").header());
  }

  @Test
  void read_gzip_isUnpacked() throws Exception {
    assertEquals(1, TestData.table(gzip("a,b\n1,2\n")).rows().size());
  }

  @Test
  void read_damagedGzip_isRefused() throws Exception {
    byte[] whole = gzip("a,b\n1,2\n".repeat(100));
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length / 2);
    assertEquals(List.of("DATASET_GZIP_DAMAGED"), TestData.codesOfTable(cut));
  }

  @Test
  void read_bomb_isRefusedAtTheLimit() throws Exception {
    byte[] bomb = gzip("a,b\n" + "1,2\n".repeat(20_000_000 / 4) + "x,y\n".repeat(40_000_000 / 4));
    List<String> codes = TestData.codesOfTable(bomb);
    assertTrue(codes.contains("DATASET_TOO_LARGE"), codes.toString());
  }

  @Test
  void read_nothing_isRefused() {
    assertEquals(List.of("DATASET_EMPTY"), TestData.codesOfTable(""));
    assertEquals(List.of("DATASET_EMPTY"), TestData.codesOfTable("\n\n"));
  }

  @Test
  void read_headerOnly_isRefused() {
    assertEquals(List.of("DATASET_NO_ROWS"), TestData.codesOfTable("a,b\n"));
  }

  @Test
  void read_twoColumnsOfOneNameAndOneWithout_namesBoth() {
    assertEquals(
        List.of("DATASET_COLUMN_TWICE", "DATASET_COLUMN_UNNAMED"),
        TestData.codesOfTable("a,a,\n1,2,3\n"));
  }

  @Test
  void read_firstColumnOfRowNumbersWithoutName_namesItAsPandasDoes() throws Exception {
    assertEquals(List.of("Unnamed: 0", "a"), TestData.table(",a\n0,5\n1,5\n7,6\n").header());
  }

  @Test
  void read_firstColumnWithoutNameThatRepeats_isRefused() {
    assertEquals(List.of("DATASET_COLUMN_UNNAMED"), TestData.codesOfTable(",a\n0,5\n1,5\n0,6\n"));
  }

  @Test
  void read_shortAndLongRow_namesEachRow() {
    assertEquals(
        List.of("DATASET_ROW_LENGTH", "DATASET_ROW_LENGTH"),
        TestData.codesOfTable("a,b\n1\n1,2\n1,2,3\n"));
  }

  @Test
  void read_unclosedQuote_namesItsRow() {
    DatasetException refused =
        org.junit.jupiter.api.Assertions.assertThrows(
            DatasetException.class, () -> TestData.table("a,b\n1,2\n\"3,4\n"));
    assertEquals("DATASET_QUOTE_UNCLOSED", refused.problems().getFirst().code());
    assertEquals(2, refused.problems().getFirst().row().orElseThrow());
  }

  @Test
  void read_strayQuote_isRefused() {
    assertEquals(List.of("DATASET_QUOTE_STRAY"), TestData.codesOfTable("a,b\n1\"2,3\n"));
    assertEquals(List.of("DATASET_QUOTE_STRAY"), TestData.codesOfTable("a,b\n\"1\"2,3\n"));
  }

  @Test
  void read_otherFormats_saysWhatTheyLookLike() {
    assertEquals(
        List.of("DATASET_NOT_CSV"), TestData.codesOfTable(new byte[] {(byte) 0x80, 4, 'x', '.'}));
    assertEquals(
        List.of("DATASET_NOT_CSV"),
        TestData.codesOfTable("a,b\n1,2\n".getBytes(StandardCharsets.UTF_16)));
    assertEquals(
        List.of("DATASET_NOT_CSV"),
        TestData.codesOfTable("a,b\n1,2\n".getBytes(StandardCharsets.UTF_16LE)));
    assertEquals(List.of("DATASET_NOT_CSV"), TestData.codesOfTable(new byte[] {'P', 'K', 3, 4}));
  }

  @Test
  void read_jsonAndHtml_saysWhatTheyLookLike() {
    for (String text : List.of("{\"a\": 1}", "[1, 2]", "<!doctype html>")) {
      assertEquals(List.of("DATASET_NOT_CSV"), TestData.codesOfTable(text));
    }
  }

  @Test
  void line_afterBlankLinesAndCellsOfSeveralLines_isThatOfTheFile() throws Exception {
    Table table = TestData.table("a,b\r\n\r\n1,\"x\r\ny\"\r\n2,z\r3,z\n4,z");
    assertEquals(4, table.rows().size());
    assertEquals(
        List.of(3, 5, 6, 7),
        java.util.stream.IntStream.range(0, 4).map(table::line).boxed().toList());
  }

  @Test
  void read_badRow_namesRowAndLine() {
    DatasetException refused =
        org.junit.jupiter.api.Assertions.assertThrows(
            DatasetException.class, () -> TestData.table("a,b\n\n1,2\n3\n"));
    assertEquals(
        "DATASET_ROW_LENGTH: row 2 (line 4): expected 2 cells as in the header, found 1",
        refused.getMessage());
  }

  @Test
  void read_equalCells_shareTheirMemory() throws Exception {
    Table table = TestData.table("a,b\nred,1\nred,1\n");
    org.junit.jupiter.api.Assertions.assertSame(
        table.rows().get(0).getFirst(), table.rows().get(1).getFirst());
  }

  @Test
  void read_moreCellsThanTheLimit_isRefused() {
    byte[] bytes = "a,b\n1,2\n3,4\n5,6\n".getBytes(StandardCharsets.UTF_8);
    DatasetException refused =
        org.junit.jupiter.api.Assertions.assertThrows(
            DatasetException.class,
            () ->
                TableReader.read(
                    new java.io.ByteArrayInputStream(bytes), new ReadLimits(100, 100, 2, 5, 100)));
    assertEquals(List.of("DATASET_TOO_LARGE"), TestData.codes(refused));
  }

  @Test
  void read_columnNameOfSeveralLines_isRefused() {
    assertEquals(List.of("DATASET_COLUMN_NAME"), TestData.codesOfTable("\"a\nb\",c\n1,2\n"));
  }

  @Test
  void read_latin1_isRefused() {
    assertEquals(
        List.of("DATASET_NOT_UTF8"),
        TestData.codesOfTable("a,b\nM\u00fcller,2\n".getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void read_fortyMegabytesOfGarbage_isRefused() {
    byte[] garbage = new byte[FORTY_MB];
    new Random(1).nextBytes(garbage);
    assertEquals(1, TestData.codesOfTable(garbage).size());
    byte[] text = new byte[FORTY_MB];
    Random random = new Random(2);
    for (int index = 0; index < text.length; index++) {
      text[index] = (byte) (32 + random.nextInt(94));
    }
    assertEquals(1, TestData.codesOfTable(text).size());
  }

  @Test
  void read_aMistakeInEveryRow_listsTheFirstOnly() {
    List<String> codes = TestData.codesOfTable("a,b\n" + "1\n".repeat(10_000));
    assertEquals(Problems.MOST, codes.size());
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
