package dev.slipway.pipeline.report;

import dev.slipway.pipeline.evaluate.Answers;
import dev.slipway.pipeline.evaluate.RocCurve;
import dev.slipway.pipeline.evaluate.Truth;
import dev.slipway.pipeline.train.Epoch;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Small pictures as inline SVG. */
final class Svg {
  private static final int SIZE = 280;
  private static final int MARGIN = 20;

  private Svg() {}

  static String curve(List<RocCurve.Point> points) {
    StringBuilder line = new StringBuilder();
    for (RocCurve.Point point : points) {
      line.append(at(point.falsePositives(), point.truePositives()));
    }
    return open() + diagonal() + polyline(line.toString(), "#0969da") + "</svg>";
  }

  static String scatter(Answers answers, Truth truth) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int row = 0; row < truth.rows(); row++) {
      low = Math.min(low, Math.min(truth.number(row), answers.get(row, 0)));
      high = Math.max(high, Math.max(truth.number(row), answers.get(row, 0)));
    }
    double width = high > low ? high - low : 1;
    StringBuilder dots = new StringBuilder(open()).append(diagonal());
    for (int row = 0; row < truth.rows(); row++) {
      dots.append("<circle r=\"2\" fill=\"#0969da\" fill-opacity=\"0.5\" cx=\"")
          .append(coordinate((truth.number(row) - low) / width))
          .append("\" cy=\"")
          .append(coordinate(1 - (answers.get(row, 0) - low) / width))
          .append("\"/>");
    }
    return dots.append("</svg>").toString();
  }

  static String losses(List<Epoch> curve) {
    double most =
        curve.stream()
            .mapToDouble(epoch -> Math.max(epoch.trainingLoss(), epoch.validationLoss()))
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    return open()
        + polyline(line(curve, Epoch::trainingLoss, most), "#8c959f")
        + polyline(line(curve, Epoch::validationLoss, most), "#0969da")
        + "</svg><p class=small>Loss by epoch: training grey, validation blue; top "
        + String.format(Locale.ROOT, "%.3f", most)
        + ".</p>";
  }

  private static String line(List<Epoch> curve, ToDoubleFunction<Epoch> value, double most) {
    StringBuilder line = new StringBuilder();
    for (int index = 0; index < curve.size(); index++) {
      double loss = value.applyAsDouble(curve.get(index));
      if (Double.isFinite(loss)) {
        line.append(at(index / Math.max(1.0, curve.size() - 1), loss / most));
      }
    }
    return line.toString();
  }

  private static String open() {
    return "<svg width=\"%d\" height=\"%d\" role=\"img\">"
        .formatted(SIZE + 2 * MARGIN, SIZE + 2 * MARGIN);
  }

  private static String diagonal() {
    return "<polyline fill=\"none\" stroke=\"#d0d7de\" points=\"" + at(0, 0) + at(1, 1) + "\"/>";
  }

  private static String polyline(String points, String colour) {
    return "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>"
        .formatted(colour, points);
  }

  private static String at(double x, double y) {
    return coordinate(x) + "," + coordinate(1 - y) + " ";
  }

  private static String coordinate(double share) {
    return String.format(Locale.ROOT, "%.1f", MARGIN + share * SIZE);
  }
}
