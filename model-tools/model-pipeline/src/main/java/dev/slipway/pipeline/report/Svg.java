package dev.slipway.pipeline.report;

import dev.slipway.pipeline.evaluate.Answers;
import dev.slipway.pipeline.evaluate.RocCurve;
import dev.slipway.pipeline.evaluate.Truth;
import dev.slipway.pipeline.train.Epoch;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The pictures of a report. */
final class Svg {
  private static final String BLUE = "#0969da";
  private static final String GREY = "#8c959f";
  private static final int BINS = 10;

  private Svg() {}

  static String curve(List<RocCurve.Point> points) {
    return new Plot("false positives", 0, 1, "true positives", 0, 1)
        .guide(0, 0, 1, 1)
        .line(
            BLUE,
            points.stream().mapToDouble(RocCurve.Point::falsePositives).toArray(),
            points.stream().mapToDouble(RocCurve.Point::truePositives).toArray())
        .svg();
  }

  /** How often the answer was right, by how sure the model was; a dot's area is its rows. */
  static String calibration(Answers answers, Truth truth) {
    double[] sure = new double[BINS];
    double[] right = new double[BINS];
    int[] rows = new int[BINS];
    for (int row = 0; row < truth.rows(); row++) {
      int best = answers.best(row);
      int bin = Math.clamp((int) (answers.get(row, best) * BINS), 0, BINS - 1);
      sure[bin] += answers.get(row, best);
      right[bin] += best == truth.label(row) ? 1 : 0;
      rows[bin]++;
    }
    Plot plot = new Plot("stated probability", 0, 1, "share of right answers", 0, 1);
    plot.guide(0, 0, 1, 1);
    for (int bin = 0; bin < BINS; bin++) {
      if (rows[bin] > 0) {
        double radius = 3 + 12 * Math.sqrt(rows[bin] / (double) truth.rows());
        plot.dot(sure[bin] / rows[bin], right[bin] / rows[bin], radius);
      }
    }
    return plot.svg();
  }

  static String scatter(Answers answers, Truth truth) {
    double low = least(truth.rows(), row -> Math.min(truth.number(row), answers.get(row, 0)));
    double high = -least(truth.rows(), row -> -Math.max(truth.number(row), answers.get(row, 0)));
    Plot plot = new Plot("true", low, high, "predicted", low, high).guide(low, low, high, high);
    for (int row = 0; row < truth.rows(); row++) {
      plot.dot(truth.number(row), answers.get(row, 0), 2.5);
    }
    return plot.svg();
  }

  static String residuals(Answers answers, Truth truth) {
    double low = least(truth.rows(), row -> answers.get(row, 0));
    double high = -least(truth.rows(), row -> -answers.get(row, 0));
    double most = -least(truth.rows(), row -> -Math.abs(truth.number(row) - answers.get(row, 0)));
    Plot plot =
        new Plot("predicted", low, high, "true minus predicted", -most, most)
            .guide(low, 0, high, 0);
    for (int row = 0; row < truth.rows(); row++) {
      plot.dot(answers.get(row, 0), truth.number(row) - answers.get(row, 0), 2.5);
    }
    return plot.svg();
  }

  private interface OfRow {
    double value(int row);
  }

  private static double least(int rows, OfRow of) {
    return IntStream.range(0, rows).mapToDouble(of::value).min().orElse(0);
  }

  static String losses(List<Epoch> curve) {
    double most =
        curve.stream()
            .mapToDouble(epoch -> Math.max(epoch.trainingLoss(), epoch.validationLoss()))
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    double[] epochs = curve.stream().mapToDouble(Epoch::number).toArray();
    return new Plot("epoch", 1, curve.size(), "loss", 0, most)
            .line(GREY, epochs, values(curve, Epoch::trainingLoss))
            .line(BLUE, epochs, values(curve, Epoch::validationLoss))
            .svg()
        + "<p class=small>Training grey, validation blue.</p>";
  }

  private static double[] values(List<Epoch> curve, ToDoubleFunction<Epoch> value) {
    return curve.stream().mapToDouble(value).toArray();
  }
}
