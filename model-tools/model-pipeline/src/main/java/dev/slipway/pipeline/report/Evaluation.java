package dev.slipway.pipeline.report;

import dev.slipway.pipeline.evaluate.Answers;
import dev.slipway.pipeline.evaluate.Bootstrap;
import dev.slipway.pipeline.evaluate.Gate;
import dev.slipway.pipeline.quantize.RecipeTrials.Form;
import dev.slipway.spec.Metric;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How every form of a model did on the test rows.
 *
 * @param metric what was measured
 * @param floatValue of the float model
 * @param liveValue of the model that serves now, on the same rows
 * @param trivial of the predictor that looks at nothing
 * @param rows how many test rows
 * @param forms every form, the float one last
 */
public record Evaluation(
    Metric metric,
    double floatValue,
    OptionalDouble liveValue,
    double trivial,
    int rows,
    List<Measured> forms) {
  /** Keeps a copy of the list. */
  public Evaluation {
    forms = List.copyOf(forms);
  }

  /**
   * One form.
   *
   * @param form the model
   * @param value its metric
   * @param interval of that value
   * @param verdict of the gate
   * @param answers to the test rows
   */
  public record Measured(
      Form form, double value, Bootstrap.Interval interval, Gate.Verdict verdict, Answers answers) {
    /** {@return whether the gate lets it pass} */
    public boolean passed() {
      return verdict instanceof Gate.Verdict.Accepted;
    }
  }
}
