package dev.slipway.pipeline.features;

import dev.slipway.pipeline.train.Target;
import java.util.List;

/**
 * How answers become what the network learns: classes by position, numbers scaled to mean 0 and
 * deviation 1.
 *
 * @param mean subtracted from a number
 * @param deviation a number is divided by it; above 0
 */
public record TargetScale(double mean, double deviation) {
  /** {@return the scale of the rows to learn from; without a meaning for classes} */
  public static TargetScale fit(ModelSchema schema, Rows rows) {
    if (schema.classifies()) {
      return new TargetScale(0, 1);
    }
    double sum = 0;
    double squares = 0;
    for (int row = 0; row < rows.size(); row++) {
      sum += Double.parseDouble(rows.answer(row));
    }
    double mean = sum / rows.size();
    for (int row = 0; row < rows.size(); row++) {
      double off = Double.parseDouble(rows.answer(row)) - mean;
      squares += off * off;
    }
    double deviation = Math.sqrt(squares / rows.size());
    return new TargetScale(mean, deviation > 0 ? deviation : 1);
  }

  /** {@return the answers of some rows as the trainers take them} */
  public Target apply(ModelSchema schema, Rows rows) {
    List<String> labels = schema.labels();
    if (schema.classifies()) {
      int[] indexes = new int[rows.size()];
      for (int row = 0; row < indexes.length; row++) {
        indexes[row] = labels.indexOf(rows.answer(row));
      }
      return new Target.Classes(labels, indexes);
    }
    double[] values = new double[rows.size()];
    for (int row = 0; row < values.length; row++) {
      values[row] = (Double.parseDouble(rows.answer(row)) - mean) / deviation;
    }
    return new Target.Numbers(values);
  }
}
