package dev.slipway.pipeline.uploaded;

import dev.slipway.bundle.NamedTensor;
import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.pipeline.evaluate.Answers;
import dev.slipway.pipeline.evaluate.Bootstrap;
import dev.slipway.pipeline.evaluate.Gate;
import dev.slipway.pipeline.evaluate.Score;
import dev.slipway.pipeline.evaluate.Truth;
import dev.slipway.spec.GateSpec;
import dev.slipway.spec.Metric;
import dev.slipway.spec.ModelSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The gate of model.yaml over rows whose right answers came with an uploaded model.
 *
 * @param gate the bounds
 * @param right the right answers
 * @param floatValue of the model as it came
 * @param liveValue of the model that serves now; empty when it could not be asked
 * @param seed of the bootstrap
 */
record UploadGate(
    Gate gate, RightAnswers right, double floatValue, OptionalDouble liveValue, long seed) {

  /** How one form did. */
  record Measured(double value, Bootstrap.Interval interval, Gate.Verdict verdict) {}

  /**
   * {@return the gate; empty when no right answers are known}
   *
   * @param found the model's answers
   * @param live the live model's answers; empty when there are none
   * @throws PipelineRefusal when model.yaml sets a bound and nothing can be measured
   */
  static Optional<UploadGate> of(
      ModelSpec spec,
      UploadedModel model,
      List<List<NamedTensor>> found,
      List<List<NamedTensor>> live) {
    GateSpec bounds = spec.packaging().gate();
    if (model.right().isEmpty()) {
      if (bounds.minimum().isPresent() || bounds.maximum().isPresent()) {
        throw new PipelineRefusal(
            "GATE_UNMEASURED",
            "model.yaml sets a bound in package.gate, but no right answers came with the model; name the column in data.target and put rows with it beside the model (NAME.calibration.csv)");
      }
      return Optional.empty();
    }
    RightAnswers right = model.right().get();
    Metric metric = bounds.metric().orElse(Metric.defaultFor(spec.task(), right.classes().size()));
    OptionalDouble liveValue =
        live.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(Score.of(metric, right.read(live), right.truth()));
    return Optional.of(
        new UploadGate(
            new Gate(bounds, metric),
            right,
            Score.of(metric, right.read(found), right.truth()),
            liveValue,
            spec.training().seed()));
  }

  Measured measure(List<List<NamedTensor>> found) {
    Answers answers = right.read(found);
    double value = Score.of(gate.metric(), answers, right.truth());
    Bootstrap.Interval interval = Bootstrap.of(gate.metric(), answers, right.truth(), seed);
    double trivial = Score.of(gate.metric(), trivial(), right.truth());
    return new Measured(
        value,
        interval,
        gate.judge(new Gate.Measured(value, interval, floatValue, liveValue, trivial)));
  }

  /** How frequent each class is among the rows, or their mean: more than a guess could know. */
  private Answers trivial() {
    Truth truth = right.truth();
    int width = right.classes().isEmpty() ? 1 : right.classes().size();
    double[] always = new double[width];
    for (int row = 0; row < truth.rows(); row++) {
      always[width == 1 ? 0 : truth.label(row)] +=
          (width == 1 ? truth.number(row) : 1.0) / truth.rows();
    }
    double[] values = new double[truth.rows() * width];
    for (int index = 0; index < values.length; index++) {
      values[index] = always[index % width];
    }
    return Answers.of(width, values);
  }
}
