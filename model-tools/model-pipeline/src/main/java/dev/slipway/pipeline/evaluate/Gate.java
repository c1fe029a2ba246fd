package dev.slipway.pipeline.evaluate;

import dev.slipway.pipeline.Reason;
import dev.slipway.spec.GateSpec;
import dev.slipway.spec.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Decides whether a model may be proposed for release.
 *
 * @param spec what it must reach
 * @param metric what is measured
 */
public record Gate(GateSpec spec, Metric metric) {
  /**
   * What was measured on the same test rows.
   *
   * @param value of the model that would be served
   * @param interval of that value
   * @param floatValue of the model before quantization
   * @param liveValue of the model that serves now; empty when there is none to compare with
   * @param trivial of the predictor that looks at nothing
   */
  public record Measured(
      double value,
      Bootstrap.Interval interval,
      double floatValue,
      OptionalDouble liveValue,
      double trivial) {}

  /** The decision. */
  public sealed interface Verdict {
    /** The model may be proposed. */
    record Accepted() implements Verdict {}

    /**
     * The model must not be proposed.
     *
     * @param reasons every bound that it misses; at least one
     */
    record Refused(List<Reason> reasons) implements Verdict {
      /** Keeps a copy of the list. */
      public Refused {
        reasons = List.copyOf(reasons);
      }
    }
  }

  /** {@return the decision on a model} */
  public Verdict judge(Measured measured) {
    List<Reason> reasons = new ArrayList<>();
    checkBounds(measured, reasons);
    checkDrops(measured, reasons);
    return reasons.isEmpty() ? new Verdict.Accepted() : new Verdict.Refused(reasons);
  }

  private void checkBounds(Measured measured, List<Reason> reasons) {
    spec.minimum()
        .filter(minimum -> !(measured.value() >= minimum))
        .ifPresent(
            minimum -> refuse(reasons, "GATE_MINIMUM", "at least %.4f", minimum, measured.value()));
    spec.maximum()
        .filter(maximum -> !(measured.value() <= maximum))
        .ifPresent(
            maximum -> refuse(reasons, "GATE_MAXIMUM", "at most %.4f", maximum, measured.value()));
    boolean unbounded = spec.minimum().isEmpty() && spec.maximum().isEmpty();
    double worst = metric.higherIsBetter() ? measured.interval().low() : measured.interval().high();
    if (unbounded && !(drop(measured.trivial(), worst) < 0)) {
      reasons.add(
          new Reason(
              "GATE_TRIVIAL",
              text(
                  "%s: expected better than %.4f, which needs no model, beyond chance; found %.4f (95 %% interval %.4f to %.4f). More rows or better columns are needed",
                  metric.word(),
                  measured.trivial(),
                  measured.value(),
                  measured.interval().low(),
                  measured.interval().high())));
    }
  }

  private void checkDrops(Measured measured, List<Reason> reasons) {
    if (!(drop(measured.floatValue(), measured.value()) <= spec.maxDropFromFloat())) {
      refuse(
          reasons,
          "GATE_DROP_FROM_FLOAT",
          "at most %.4f worse than the float model's " + text("%.4f", measured.floatValue()),
          spec.maxDropFromFloat(),
          measured.value());
    }
    measured
        .liveValue()
        .ifPresent(live -> {
          if (!(drop(live, measured.value()) <= spec.maxDropFromLive())) {
            refuse(
                reasons,
                "GATE_DROP_FROM_LIVE",
                "at most %.4f worse than the live model's " + text("%.4f", live),
                spec.maxDropFromLive(),
                measured.value());
          }
        });
  }

  /** By how much {@code value} is worse than {@code reference}; negative when it is better. */
  private double drop(double reference, double value) {
    return metric.higherIsBetter() ? reference - value : value - reference;
  }

  private void refuse(
      List<Reason> reasons, String code, String expected, double bound, double found) {
    reasons.add(
        new Reason(
            code,
            text("%s on the test rows: expected ", metric.word())
                + text(expected, bound)
                + text(", found %.4f", found)));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
