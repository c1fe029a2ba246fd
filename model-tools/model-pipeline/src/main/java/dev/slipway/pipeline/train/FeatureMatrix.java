package dev.slipway.pipeline.train;

import java.util.Arrays;

/**
 * Rows of features as the network sees them: dense, row-major, finite 32-bit floats. Immutable and
 * thread-safe.
 */
public final class FeatureMatrix {
  private final int rows;
  private final int columns;
  private final float[] values;

  private FeatureMatrix(int rows, int columns, float[] values) {
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  /**
   * Copies row-major values.
   *
   * @throws IllegalArgumentException when the length is not rows × columns, or a value is not
   *     finite
   */
  public static FeatureMatrix of(int rows, int columns, float[] values) {
    if (values.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "expected %d x %d values, found %d".formatted(rows, columns, values.length));
    }
    for (int index = 0; index < values.length; index++) {
      if (!Float.isFinite(values[index])) {
        throw new IllegalArgumentException(
            "row %d, feature %d is %s; features must be finite"
                .formatted(index / columns, index % columns, values[index]));
      }
    }
    return new FeatureMatrix(rows, columns, values.clone());
  }

  /** {@return the number of rows} */
  public int rows() {
    return rows;
  }

  /** {@return the number of features} */
  public int columns() {
    return columns;
  }

  /** {@return one value} */
  public float get(int row, int column) {
    return values[row * columns + column];
  }

  /** {@return a copy of all values, row-major} */
  public float[] toArray() {
    return values.clone();
  }

  /** {@return the rows named, in that order} */
  public FeatureMatrix select(int[] rowIndexes) {
    float[] picked = new float[rowIndexes.length * columns];
    for (int to = 0; to < rowIndexes.length; to++) {
      System.arraycopy(values, rowIndexes[to] * columns, picked, to * columns, columns);
    }
    return new FeatureMatrix(rowIndexes.length, columns, picked);
  }

  /** {@return these rows followed by the other's} */
  public FeatureMatrix append(FeatureMatrix other) {
    if (other.columns != columns) {
      throw new IllegalArgumentException(
          "expected %d columns, found %d".formatted(columns, other.columns));
    }
    float[] joined = Arrays.copyOf(values, values.length + other.values.length);
    System.arraycopy(other.values, 0, joined, values.length, other.values.length);
    return new FeatureMatrix(rows + other.rows, columns, joined);
  }

  /** The values themselves, for this package's inner loops, which do not write to them. */
  float[] shared() {
    return values;
  }
}
