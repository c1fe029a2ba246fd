package dev.slipway.pipeline.train;

/**
 * What a network says about some rows, before softmax or un-scaling: row-major doubles. Immutable.
 */
public final class Scores {
  private final int rows;
  private final int outputs;
  private final double[] values;

  Scores(int rows, int outputs, double[] values) {
    this.rows = rows;
    this.outputs = outputs;
    this.values = values;
  }

  /** {@return how many rows} */
  public int rows() {
    return rows;
  }

  /** {@return how many numbers per row} */
  public int outputs() {
    return outputs;
  }

  /** {@return one number} */
  public double get(int row, int output) {
    return values[row * outputs + output];
  }

  /** {@return softmax of one row's numbers divided by the temperature} */
  public double[] softmax(int row, double temperature) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int output = 0; output < outputs; output++) {
      largest = Math.max(largest, get(row, output));
    }
    double[] result = new double[outputs];
    double sum = 0;
    for (int output = 0; output < outputs; output++) {
      // The largest is taken off first: exp cannot overflow.
      result[output] = Math.exp((get(row, output) - largest) / temperature);
      sum += result[output];
    }
    for (int output = 0; output < outputs; output++) {
      result[output] /= sum;
    }
    return result;
  }
}
