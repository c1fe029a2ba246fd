package dev.slipway.cli.bench.quantize;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One line of the table.
 *
 * @param network what was quantized
 * @param maker {@code slipway} or {@code anchor}
 * @param recipe by the maker's name
 * @param decibel closeness to the float model on samples that were not calibrated on
 * @param sizeRatio size by that of the float model
 * @param speedRatio speed by that of the float model, median of interleaved runs on one thread
 * @param seconds to quantize
 * @param why it failed, if it did
 */
record QuantizeRow(
    String network,
    String maker,
    String recipe,
    double decibel,
    double sizeRatio,
    double speedRatio,
    double seconds,
    Optional<String> why) {
  Map<String, Object> asData() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("network", network);
    data.put("maker", maker);
    data.put("recipe", recipe);
    if (why.isPresent()) {
      data.put("failed", why.get());
      return data;
    }
    data.put("decibel", decibel);
    data.put("sizeRatio", sizeRatio);
    data.put("speedRatio", speedRatio);
    data.put("seconds", seconds);
    return data;
  }

  String line() {
    return why.map(reason ->
            "| %s | %s | %s | failed: %s | | | |".formatted(network, maker, recipe, reason))
        .orElseGet(() ->
            String.format(
                Locale.ROOT,
                "| %s | %s | %s | %.1f | %.2f | %.2f | %.1f |",
                network,
                maker,
                recipe,
                decibel,
                sizeRatio,
                speedRatio,
                seconds));
  }

  static String markdown(List<QuantizeRow> rows) {
    StringBuilder table =
        new StringBuilder(
            """
            | network | by | recipe | SQNR dB | size ÷ float | speed ÷ float | s |
            |---|---|---|--:|--:|--:|--:|
            """);
    rows.forEach(row -> table.append(row.line()).append('\n'));
    return table.toString();
  }
}
