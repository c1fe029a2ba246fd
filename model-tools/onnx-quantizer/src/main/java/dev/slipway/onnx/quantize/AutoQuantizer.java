package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.OnnxModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the smallest model that is close enough to the float one. Tries static-int8, dynamic-int8
 * and fp16; where an 8-bit recipe is not close enough, leaves in float the layers that it suffers
 * from most, one more at a time, until it is. Stateless and thread-safe.
 */
public final class AutoQuantizer {
  /** Each layer costs one quantization to rank; beyond this a recipe counts as it is. */
  private static final int MOST_LAYERS = 40;

  /** A model with most of its layers in float is better stored as fp16. */
  private static final double MOST_LEFT = 0.5;

  /**
   * One attempt.
   *
   * @param options what was tried; the excluded nodes are those left in float
   * @param bytes size of the model file
   * @param decibel signal-to-quantization-noise ratio on the samples
   * @param passed whether that is enough
   */
  public record Trial(QuantizeOptions options, long bytes, double decibel, boolean passed) {}

  /**
   * The answer.
   *
   * @param chosen the smallest that passed; empty if the float model is to be kept
   * @param trials everything tried, in order
   */
  public record Choice(Optional<QuantizeResult> chosen, List<Trial> trials) {
    /** Keeps a copy of the list. */
    public Choice {
      trials = List.copyOf(trials);
    }
  }

  private final OnnxModel model;
  private final CalibrationData samples;
  private final double leastDecibel;
  private final List<Trial> trials = new ArrayList<>();
  private final Map<Trial, QuantizeResult> results = new LinkedHashMap<>();

  private AutoQuantizer(OnnxModel model, CalibrationData samples, double leastDecibel) {
    this.model = model;
    this.samples = samples;
    this.leastDecibel = leastDecibel;
  }

  /**
   * {@return the smallest quantized model that is at least this close}
   *
   * @param target for which processors
   * @param excluded names of nodes that stay in float in any case
   * @param samples real inputs, for calibration and comparison
   * @param leastDecibel 30 keeps nearly every decision of a classifier; see {@link Fidelity}
   * @throws QuantizeException if there are no samples or they do not fit
   */
  public static Choice quantize(
      OnnxModel model,
      Target target,
      Set<String> excluded,
      CalibrationData samples,
      double leastDecibel) {
    AutoQuantizer search = new AutoQuantizer(model, samples, leastDecibel);
    for (Recipe recipe : List.of(Recipe.STATIC_INT8, Recipe.DYNAMIC_INT8, Recipe.FP16)) {
      search.recipe(new QuantizeOptions(recipe, target, excluded));
    }
    return new Choice(
        search.results.entrySet().stream()
            .filter(entry -> entry.getKey().passed())
            .min(Comparator.comparingLong(entry -> entry.getKey().bytes()))
            .map(Map.Entry::getValue),
        search.trials);
  }

  private void recipe(QuantizeOptions options) {
    QuantizeResult result = Quantizer.quantize(model, options, samples);
    if (result.quantizedLayers() == 0) {
      return;
    }
    Trial whole = record(options, result);
    boolean ranked = options.recipe() != Recipe.FP16 && result.quantizedLayers() <= MOST_LAYERS;
    if (!whole.passed() && ranked) {
      mixed(options, result);
    }
  }

  private void mixed(QuantizeOptions options, QuantizeResult whole) {
    List<String> ranking = ranking(options, whole);
    Set<String> left = new HashSet<>(options.excluded());
    for (String layer : ranking.subList(0, (int) (ranking.size() * MOST_LEFT))) {
      left.add(layer);
      QuantizeOptions fewer = options.excluding(left);
      if (record(fewer, Quantizer.quantize(model, fewer, samples)).passed()) {
        return;
      }
    }
  }

  /** {@return the quantized layers, first the one whose return to float helps most} */
  private List<String> ranking(QuantizeOptions options, QuantizeResult whole) {
    Map<String, Double> without = new LinkedHashMap<>();
    for (LayerOutcome layer : whole.layers()) {
      if (layer.quantized()) {
        Set<String> left = new HashSet<>(options.excluded());
        left.add(layer.node());
        OnnxModel trial = Quantizer.quantize(model, options.excluding(left), samples).model();
        without.put(layer.node(), Fidelity.decibel(model, trial, samples));
      }
    }
    return without.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  private Trial record(QuantizeOptions options, QuantizeResult result) {
    double decibel = Fidelity.decibel(model, result.model(), samples);
    long bytes = result.model().toBytes().length;
    Trial trial = new Trial(options, bytes, decibel, decibel >= leastDecibel);
    trials.add(trial);
    results.put(trial, result);
    return trial;
  }
}
