package dev.slipway.pipeline.evaluate;

import dev.slipway.pipeline.features.ModelSchema;

/** What one can say without looking at a row: how frequent each class is, or the mean. */
public final class TrivialPredictor {
  private TrivialPredictor() {}

  /** {@return its answers to as many rows as {@code truth} has, learnt from {@code training}} */
  public static Answers answers(ModelSchema schema, Truth training, Truth truth) {
    int width = schema.classifies() ? schema.labels().size() : 1;
    double[] always = new double[width];
    for (int row = 0; row < training.rows(); row++) {
      if (schema.classifies()) {
        always[training.label(row)] += 1.0 / training.rows();
      } else {
        always[0] += training.number(row) / training.rows();
      }
    }
    double[] values = new double[truth.rows() * width];
    for (int index = 0; index < values.length; index++) {
      values[index] = always[index % width];
    }
    return Answers.of(width, values);
  }
}
