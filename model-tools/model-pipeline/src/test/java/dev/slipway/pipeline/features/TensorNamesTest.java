package dev.slipway.pipeline.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TensorNamesTest {
  @Test
  void of_ordinaryColumns_keepsTheirNames() {
    List<String> columns = List.of("colour", "value", "größe");
    assertEquals(columns, TensorNames.of(columns));
  }

  @Test
  void of_namesOfTensors_addsASuffixUntilFree() {
    assertEquals(
        List.of("label_column_column", "label_column", "_Where_3_column", "__column"),
        TensorNames.of(List.of("label", "label_column", "inner/Where_3", "\uD83D\uDE00")));
  }
}
