package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.OnnxModel;
import java.util.List;

/**
 * A quantized model and the account of it.
 *
 * @param model the new model; the given one is unchanged
 * @param layers every layer with weights, in graph order
 * @param findings what the caller should know
 */
public record QuantizeResult(OnnxModel model, List<LayerOutcome> layers, List<Finding> findings) {
  /** Keeps copies of the lists. */
  public QuantizeResult {
    layers = List.copyOf(layers);
    findings = List.copyOf(findings);
  }

  /** A result without findings. */
  public QuantizeResult(OnnxModel model, List<LayerOutcome> layers) {
    this(model, layers, List.of());
  }

  /** {@return how many layers are quantized} */
  public long quantizedLayers() {
    return layers.stream().filter(LayerOutcome::quantized).count();
  }
}
