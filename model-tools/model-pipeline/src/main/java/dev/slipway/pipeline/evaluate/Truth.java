package dev.slipway.pipeline.evaluate;

import dev.slipway.pipeline.features.ModelSchema;
import dev.slipway.pipeline.features.Rows;

/** The right answers: a class index or a number per row. Immutable. */
public final class Truth {
  private final double[] values;

  private Truth(double[] values) {
    this.values = values;
  }

  /** {@return the right answers of some rows} */
  public static Truth of(ModelSchema schema, Rows rows) {
    double[] values = new double[rows.size()];
    for (int row = 0; row < values.length; row++) {
      values[row] =
          schema.classifies()
              ? schema.labels().indexOf(rows.answer(row))
              : Double.parseDouble(rows.answer(row));
    }
    return new Truth(values);
  }

  /** {@return right answers that are known as class indices or numbers already} */
  public static Truth of(double... values) {
    return new Truth(values.clone());
  }

  /** {@return how many rows} */
  public int rows() {
    return values.length;
  }

  /** {@return the class of a row, as an index into the labels} */
  public int label(int row) {
    return (int) values[row];
  }

  /** {@return the number of a row} */
  public double number(int row) {
    return values[row];
  }
}
