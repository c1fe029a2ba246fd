package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.OnnxModel;
import java.util.List;

/**
 * A quantized model and the account of it.
 *
 * @param model the new model; the given one is unchanged
 * @param layers every layer with weights, in graph order
 */
public record QuantizeResult(OnnxModel model, List<LayerOutcome> layers) {
  /** Keeps a copy of the list. */
  public QuantizeResult {
    layers = List.copyOf(layers);
  }

  /** {@return how many layers are quantized} */
  public long quantizedLayers() {
    return layers.stream().filter(LayerOutcome::quantized).count();
  }
}
