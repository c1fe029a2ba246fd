package dev.slipway.pipeline.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.pipeline.Reason;
import dev.slipway.spec.GateSpec;
import dev.slipway.spec.Metric;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final GateSpec OPEN =
      new GateSpec(Optional.empty(), Optional.empty(), Optional.empty(), 0.01, 0.02);
  private static final GateSpec BOUND =
      new GateSpec(Optional.empty(), Optional.of(0.9), Optional.empty(), 0.01, 0.02);

  @Test
  void judge_ofAGoodModel_accepts() {
    assertEquals(List.of(), codes(BOUND, Metric.ACCURACY, 0.95, 0.95, OptionalDouble.of(0.96)));
  }

  @Test
  void judge_belowTheMinimum_refuses() {
    assertEquals(
        List.of("GATE_MINIMUM"), codes(BOUND, Metric.ACCURACY, 0.89, 0.89, OptionalDouble.empty()));
  }

  @Test
  void judge_ofEverythingWrong_namesEverything() {
    assertEquals(
        List.of("GATE_MINIMUM", "GATE_DROP_FROM_FLOAT", "GATE_DROP_FROM_LIVE"),
        codes(BOUND, Metric.ACCURACY, 0.8, 0.95, OptionalDouble.of(0.95)));
  }

  @Test
  void judge_withoutABound_wantsMoreThanTheTrivialAnswerBeyondChance() {
    assertEquals(
        List.of("GATE_TRIVIAL"), codes(OPEN, Metric.ACCURACY, 0.54, 0.54, OptionalDouble.empty()));
    assertEquals(List.of(), codes(OPEN, Metric.ACCURACY, 0.6, 0.6, OptionalDouble.empty()));
  }

  @Test
  void judge_ofAnError_takesLowerAsBetter() {
    assertEquals(
        List.of("GATE_DROP_FROM_FLOAT"), codes(OPEN, Metric.MAE, 0.4, 0.3, OptionalDouble.empty()));
    assertEquals(List.of(), codes(OPEN, Metric.MAE, 0.3, 0.4, OptionalDouble.empty()));
  }

  @Test
  void judge_ofAValueThatIsNoNumber_refuses() {
    assertEquals(
        List.of("GATE_MINIMUM", "GATE_DROP_FROM_FLOAT"),
        codes(BOUND, Metric.ACCURACY, Double.NaN, 0.95, OptionalDouble.empty()));
  }

  private static List<String> codes(
      GateSpec spec, Metric metric, double value, double floatValue, OptionalDouble live) {
    Gate.Measured measured =
        new Gate.Measured(
            value, new Bootstrap.Interval(value - 0.05, value + 0.05), floatValue, live, 0.5);
    return switch (new Gate(spec, metric).judge(measured)) {
      case Gate.Verdict.Accepted _ -> List.of();
      case Gate.Verdict.Refused(List<Reason> reasons) ->
          reasons.stream().map(Reason::code).toList();
    };
  }
}
