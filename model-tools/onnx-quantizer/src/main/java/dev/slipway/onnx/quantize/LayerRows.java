package dev.slipway.onnx.quantize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** For each layer a choice of the rows that its weights are multiplied with. Not thread-safe. */
final class LayerRows {
  private final Map<String, SampleRows> byLayer = new HashMap<>();
  private final Map<String, List<RowCollector>> byValue = new HashMap<>();

  private LayerRows() {}

  /** {@return an empty choice for these layers; for none of them if the options do without} */
  static LayerRows of(List<? extends WeightLayer> layers, QuantizeOptions options) {
    LayerRows rows = new LayerRows();
    for (WeightLayer layer : layers) {
      if (options.has(Improvement.OUTPUT_ROUNDING)) {
        SampleRows choice = new SampleRows(layer);
        rows.byLayer.put(layer.node().output(), choice);
        rows.byValue.computeIfAbsent(layer.activation(), _ -> new ArrayList<>()).add(choice);
      }
    }
    return rows;
  }

  /** {@return by activation who collects rows of it} */
  Map<String, List<RowCollector>> collectors() {
    return byValue;
  }

  /** {@return the rows of a layer, once; forgets them} */
  List<float[]> of(WeightLayer layer) {
    SampleRows choice = byLayer.remove(layer.node().output());
    return choice == null ? List.of() : choice.take();
  }
}
