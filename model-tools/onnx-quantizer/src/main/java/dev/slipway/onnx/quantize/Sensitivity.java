package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.OnnxModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What each layer alone costs: the closeness of the outputs to the float model's when only this
 * layer is quantized. The less, the more the model suffers from it. Stateless and thread-safe.
 */
public final class Sensitivity {
  private Sensitivity() {}

  /**
   * One layer.
   *
   * @param layer name of the node; for a node without one, its first output
   * @param decibel closeness of the outputs when only it is quantized
   */
  public record Cost(String layer, double decibel) {}

  /**
   * {@return the layers that the recipe quantizes, first the one that costs most}
   *
   * @param options what is quantized, and how; layers excluded there are left out
   * @param samples real inputs to calibrate and to compare on; each layer takes three passes or
   *     more
   * @param progress is told the name of each layer before it is tried
   * @throws QuantizeException if samples are missing or do not fit
   */
  public static List<Cost> of(
      OnnxModel model,
      QuantizeOptions options,
      CalibrationData samples,
      Consumer<String> progress) {
    Set<String> quantized = new HashSet<>();
    List<String> order = new ArrayList<>();
    Quantizer.quantize(model, options, samples).layers().stream()
        .filter(LayerOutcome::quantized)
        .map(LayerOutcome::node)
        .filter(quantized::add)
        .forEach(order::add);
    List<Cost> costs = new ArrayList<>();
    for (String layer : order) {
      progress.accept(layer);
      Set<String> others = new HashSet<>(quantized);
      others.remove(layer);
      others.addAll(options.excluded());
      OnnxModel trial = Quantizer.quantize(model, options.excluding(others), samples).model();
      costs.add(new Cost(layer, Fidelity.decibel(model, trial, samples)));
    }
    costs.sort(Comparator.comparingDouble(Cost::decibel));
    return costs;
  }
}
