package dev.slipway.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as spreadsheets write them. */
class NumberStyleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$1,234.50 | $12.00 | POINT | 1234.50",
        "$42 | $7 | POINT | 42",
        "-$1,200.5 | $3.25 | POINT | -1200.5",
        "12.5 % | 3 % | POINT | 12.5",
        "1,234,567 | 12 | POINT | 1234567",
        "16,99 | 5 | COMMA | 16.99",
        "1.234,50 € | 12,25 € | COMMA | 1234.50",
        "-0,5 | 2,25 | COMMA | -0.5",
        "1 234,5 | 1 234,5 | COMMA | 1234.5",
      })
  void of_oneWayToReadIt_isRead(String one, String other, NumberStyle expected, String plain) {
    NumberStyle style = NumberStyle.of(List.of(one, other, "", "NA")).orElseThrow();

    assertEquals(expected, style);
    assertEquals(plain, style.plain(one));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Three digits after a comma: thousands to some, decimals to others.
        "1,234 | 5,678",
        "€1.234 | €2.500",
        // Not one measure.
        "12 % | 0.12",
        "$5 | 5 €",
        // Plain, words, dates, addresses.
        "1.5 | 2",
        "low | high",
        "2024-01-31 | 2024-02-01",
        "10.0.0.1 | 10.0.0.2",
        "1,5 | 2.5",
      })
  void of_inDoubt_isNotRead(String one, String other) {
    assertEquals(Optional.empty(), NumberStyle.of(List.of(one, other)));
  }

  @Test
  void read_europeanSpreadsheet_givesItsNumbers() throws Exception {
    StringBuilder csv = new StringBuilder("size;price\r\n");
    for (int row = 0; row < 30; row++) {
      csv.append(row).append(",5;1.").append(100 + row).append(",25 €\r\n");
    }

    Dataset dataset = DatasetReader.read(TestData.table(csv.toString()), TestData.numbers("price"));

    assertEquals(29.5, dataset.number(29, 0));
    assertTrue(dataset.lines().contains("size: number (read with a decimal comma)"));
    assertEquals(1129.25, ((DatasetTarget.Values) dataset.target()).value(29));
  }

  @Test
  void read_targetInDoubt_isOneProblemThatSaysWhatToDo() throws Exception {
    StringBuilder csv = new StringBuilder("size;price\n");
    for (int row = 0; row < 30; row++) {
      csv.append(row).append(".5;1,").append(100 + row).append('\n');
    }
    Table table = TestData.table(csv.toString());

    DatasetException refused =
        assertThrows(
            DatasetException.class, () -> DatasetReader.read(table, TestData.numbers("price")));

    assertEquals(List.of("DATASET_VALUE_TYPE"), TestData.codes(refused));
    assertTrue(String.valueOf(refused.getMessage()).contains("write them with a decimal point"));
  }
}
