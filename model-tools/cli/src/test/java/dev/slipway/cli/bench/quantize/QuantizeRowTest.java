package dev.slipway.cli.bench.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuantizeRowTest {
  @Test
  void markdown_resultAndFailure_haveAllColumns() {
    QuantizeRow good =
        new QuantizeRow("mlp", "slipway", "static-int8", 35.64, 0.26, 1.92, 0.5, Optional.empty());
    QuantizeRow bad =
        new QuantizeRow("lstm", "anchor", "static-u8", 0, 0, 0, 0, Optional.of("no such type"));

    List<String> lines = QuantizeRow.markdown(List.of(good, bad)).lines().toList();

    assertEquals("| mlp | slipway | static-int8 | 35.6 | 0.26 | 1.92 | 0.5 |", lines.get(2));
    assertEquals("| lstm | anchor | static-u8 | failed: no such type | | | |", lines.get(3));
    assertEquals("no such type", bad.asData().get("failed"));
    assertEquals(35.64, good.asData().get("decibel"));
  }
}
