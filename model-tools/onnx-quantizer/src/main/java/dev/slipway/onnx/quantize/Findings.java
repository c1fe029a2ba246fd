package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.OnnxModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects findings while a model is quantized. Not thread-safe. */
final class Findings {
  /** Tens of samples are what published calibrations take at least. */
  static final int FEW_SAMPLES = 10;

  /** 1 % of the values: more is no longer outliers. */
  private static final double NOTICEABLE = 0.01;

  private final List<Finding> findings = new ArrayList<>();
  private Map<String, ChannelFactors> scaled = Map.of();

  /** Remembers which values have scaled channels. */
  void scaled(Map<String, ChannelFactors> values) {
    scaled = values;
  }

  void samples(int count) {
    if (count < FEW_SAMPLES) {
      add(
          Finding.Code.FEW_SAMPLES,
          "calibration has %d samples, at least %d are needed for ranges that hold on other data;"
                  .formatted(count, FEW_SAMPLES)
              + " give more");
    }
  }

  void saturation(Node layer, double share, ValueRange range) {
    if (share > NOTICEABLE) {
      add(
          Finding.Code.LAYER_SATURATES,
          ("layer '%s': %.1f %% of the values it reads lie beyond the range %s to %s and are cut"
                  + " off; exclude it, or take range method min-max")
              .formatted(layer.label(), 100 * share, range.minimum(), range.maximum()));
    }
  }

  private void add(Finding.Code code, String message) {
    findings.add(new Finding(code, message));
  }

  /** {@return the result, with the findings that only the end can tell} */
  static QuantizeResult result(
      OnnxModel model, QuantizeOptions options, List<LayerOutcome> outcomes, Findings findings) {
    boolean any = outcomes.stream().anyMatch(LayerOutcome::quantized);
    if (!any) {
      findings.add(
          Finding.Code.NOTHING_QUANTIZED,
          outcomes.isEmpty()
              ? "recipe %s found no layer with weights".formatted(options.recipe().word())
              : "recipe %s cannot be applied to any of %d layers; each says why"
                  .formatted(options.recipe().word(), outcomes.size()));
    } else if (options.recipe().needsNewOperators() && options.target() == Target.VNNI) {
      findings.add(
          Finding.Code.TARGET_ONLY,
          "the weights use the full range: results are wrong on x86 processors without VNNI; take"
              + " target any-x86 unless you choose the machine");
    }
    return new QuantizeResult(model, outcomes, findings.findings, findings.scaled);
  }
}
