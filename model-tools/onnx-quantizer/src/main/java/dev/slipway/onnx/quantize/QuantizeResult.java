package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.OnnxModel;
import java.util.List;
import java.util.Map;

/**
 * A quantized model and the account of it.
 *
 * @param model the new model; the given one is unchanged
 * @param layers every layer with weights, in graph order
 * @param findings what the caller should know
 * @param scaled values inside the model whose channels were divided, by name; the quantized model
 *     has them smaller by these factors than the float one
 */
public record QuantizeResult(
    OnnxModel model,
    List<LayerOutcome> layers,
    List<Finding> findings,
    Map<String, ChannelFactors> scaled) {
  /** Keeps copies. */
  public QuantizeResult {
    layers = List.copyOf(layers);
    findings = List.copyOf(findings);
    scaled = Map.copyOf(scaled);
  }

  /** A result without findings. */
  public QuantizeResult(OnnxModel model, List<LayerOutcome> layers) {
    this(model, layers, List.of(), Map.of());
  }

  /** {@return how many layers are quantized} */
  public long quantizedLayers() {
    return layers.stream().filter(LayerOutcome::quantized).count();
  }
}
