package dev.slipway.onnx.quantize.report;

import dev.slipway.onnx.quantize.AutoQuantizer.Trial;
import dev.slipway.onnx.quantize.Comparison;
import dev.slipway.onnx.quantize.LayerOutcome;
import dev.slipway.onnx.quantize.QuantizeOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was done to a model, and what it is worth.
 *
 * @param model the name of the file
 * @param kept how the result was made; empty if it is the float model
 * @param automatic whether the recipe was searched for
 * @param samples how many there were, for calibration and judging together
 * @param bytesBefore size of the float model
 * @param bytesAfter size of the result
 * @param seconds from reading to the result
 * @param layers what became of each layer
 * @param decibels closeness at the output of each layer, where it could be measured
 * @param comparison of the result with the float model; empty without samples
 * @param trials what was tried
 * @param host where it was measured
 */
public record QuantizationReport(
    String model,
    Optional<QuantizeOptions> kept,
    boolean automatic,
    int samples,
    long bytesBefore,
    long bytesAfter,
    double seconds,
    List<LayerOutcome> layers,
    Map<String, Double> decibels,
    Optional<Comparison> comparison,
    List<Trial> trials,
    Host host) {
  /** Keeps copies of the collections. */
  public QuantizationReport {
    layers = List.copyOf(layers);
    decibels = new LinkedHashMap<>(decibels);
    trials = List.copyOf(trials);
  }

  /** {@return the word of the recipe, {@code none} for the float model} */
  public String recipe() {
    return kept.map(options -> options.recipe().word()).orElse("none");
  }

  /** {@return the report as maps, lists, texts and numbers, for any JSON writer} */
  public Map<String, Object> asData() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("model", model);
    data.put("recipe", recipe());
    data.put("automatic", automatic);
    kept.ifPresent(options -> {
      data.put("target", options.target().word());
      data.put("ranges", options.ranges().word());
      data.put("excluded", options.excluded().stream().sorted().toList());
    });
    data.put("samples", samples);
    data.put("bytesBefore", bytesBefore);
    data.put("bytesAfter", bytesAfter);
    data.put("seconds", rounded(seconds));
    comparison.ifPresent(result -> data.put("comparison", asData(result)));
    data.put("layers", layers.stream().map(this::asData).toList());
    data.put("trials", trials.stream().map(QuantizationReport::asData).toList());
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("processor", host.processor());
    machine.put("architecture", host.architecture());
    machine.put("threads", host.threads());
    machine.put("features", host.features());
    data.put("host", machine);
    return data;
  }

  private Map<String, Object> asData(LayerOutcome layer) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("node", layer.node());
    data.put("type", layer.type());
    data.put("quantized", layer.quantized());
    data.put("why", layer.why());
    Double decibel = decibels.get(layer.node());
    if (decibel != null) {
      data.put("decibel", rounded(decibel));
    }
    return data;
  }

  private static Map<String, Object> asData(Trial trial) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("recipe", trial.options().recipe().word());
    data.put(
        "improvements", trial.options().improvements().stream().map(Enum::name).sorted().toList());
    data.put("leftInFloat", trial.options().excluded().stream().sorted().toList());
    data.put("bytes", trial.bytes());
    data.put("passed", trial.passed());
    data.put("why", trial.why());
    trial.comparison().ifPresent(result -> data.put("comparison", asData(result)));
    return data;
  }

  private static Map<String, Object> asData(Comparison result) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("decibel", rounded(result.decibel()));
    data.put("agreement", rounded(result.agreement()));
    result
        .exactMeasure()
        .ifPresent(exact -> {
          data.put("measure", exact.name());
          data.put("float", rounded(exact.value()));
        });
    result.roughMeasure().ifPresent(rough -> data.put("quantized", rounded(rough.value())));
    data.put("floatMicrosP50", rounded(result.exactTimes().p50()));
    data.put("floatMicrosP99", rounded(result.exactTimes().p99()));
    data.put("quantizedMicrosP50", rounded(result.roughTimes().p50()));
    data.put("quantizedMicrosP99", rounded(result.roughTimes().p99()));
    data.put("judgedOn", result.samples());
    return data;
  }

  /** Equal models are infinitely close, for which JSON has no number. */
  private static Object rounded(double value) {
    return Double.isFinite(value) ? Math.round(value * 1e4) / 1e4 : "infinite";
  }
}
