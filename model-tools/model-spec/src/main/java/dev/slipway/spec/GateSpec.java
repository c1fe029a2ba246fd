package dev.slipway.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What a model must reach before it is proposed for release. Without a bound it must be better than
 * the trivial predictor (majority class, mean) beyond the bootstrap interval.
 *
 * @param metric empty: chosen by task and number of classes, {@link Metric#defaultFor}
 * @param minimum for metrics where higher is better
 * @param maximum for metrics where lower is better
 * @param maxDropFromFloat how much worse the quantized model may be than the float model, in the
 *     metric's unit
 * @param maxDropFromLive how much worse the candidate may be than the live model on the same rows
 */
public record GateSpec(
    Optional<Metric> metric,
    Optional<Double> minimum,
    Optional<Double> maximum,
    double maxDropFromFloat,
    double maxDropFromLive) {
  /** Bounds on errors are in the target's unit, which can be anything. */
  private static final double LARGEST = 1e12;

  static final Setting<Metric> METRIC =
      Setting.bare(
          "package.gate.metric",
          Values.oneOf(Metric.class),
          "what is measured; by default roc_auc for two classes, accuracy for more, r2 for numbers");
  static final Setting<Double> MINIMUM =
      Setting.bare(
          "package.gate.minimum",
          Values.decimal(-1, 1),
          "least value on the test rows, for metrics where higher is better");
  static final Setting<Double> MAXIMUM =
      Setting.bare(
          "package.gate.maximum",
          Values.decimal(0, LARGEST),
          "largest value on the test rows, for metrics where lower is better");
  static final Setting<Double> MAX_DROP_FROM_FLOAT =
      Setting.of(
          "package.gate.maxDropFromFloat",
          Values.decimal(0, LARGEST),
          0.01,
          "how much worse the quantized model may be than the float model");
  static final Setting<Double> MAX_DROP_FROM_LIVE =
      Setting.of(
          "package.gate.maxDropFromLive",
          Values.decimal(0, LARGEST),
          0.02,
          "how much worse the candidate may be than the live model");

  static final List<Setting<?>> SETTINGS =
      List.of(METRIC, MINIMUM, MAXIMUM, MAX_DROP_FROM_FLOAT, MAX_DROP_FROM_LIVE);

  static GateSpec read(Area area, Task task) {
    GateSpec gate =
        new GateSpec(
            area.find(METRIC),
            area.find(MINIMUM),
            area.find(MAXIMUM),
            area.get(MAX_DROP_FROM_FLOAT),
            area.get(MAX_DROP_FROM_LIVE));
    area.refuseUnknown();
    gate.check(area, task);
    return gate;
  }

  private void check(Area area, Task task) {
    Metric judged = metric.orElse(Metric.defaultFor(task, 2));
    if (!judged.suits(task)) {
      area.conflict(
          "metric", "metric %s cannot judge task %s".formatted(judged.word(), task.word()));
    } else if (minimum.isPresent() && !judged.higherIsBetter()) {
      area.conflict("minimum", "lower " + judged.word() + " is better; write maximum instead");
    } else if (maximum.isPresent() && judged.higherIsBetter()) {
      area.conflict("maximum", "higher " + judged.word() + " is better; write minimum instead");
    }
  }

  void write(ObjectNode json) {
    metric.ifPresent(value -> json.set("metric", METRIC.toJson(value)));
    minimum.ifPresent(value -> json.set("minimum", MINIMUM.toJson(value)));
    maximum.ifPresent(value -> json.set("maximum", MAXIMUM.toJson(value)));
    json.set("maxDropFromFloat", MAX_DROP_FROM_FLOAT.toJson(maxDropFromFloat));
    json.set("maxDropFromLive", MAX_DROP_FROM_LIVE.toJson(maxDropFromLive));
  }
}
