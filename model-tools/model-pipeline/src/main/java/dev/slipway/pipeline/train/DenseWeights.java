package dev.slipway.pipeline.train;

import java.util.Arrays;

/**
 * Weights of one linear layer, y = W·x + b. Immutable; equal when all numbers are bitwise equal.
 */
public final class DenseWeights {
  private final int units;
  private final int inputs;
  private final float[] kernel;
  private final float[] bias;

  /**
   * Copies the numbers.
   *
   * @param kernel W, row-major [units][inputs]
   * @param bias b, [units]
   * @throws IllegalArgumentException when lengths do not fit or a number is not finite
   */
  public DenseWeights(int units, int inputs, float[] kernel, float[] bias) {
    if (kernel.length != (long) units * inputs || bias.length != units) {
      throw new IllegalArgumentException(
          "expected %d x %d weights and %d biases, found %d and %d"
              .formatted(units, inputs, units, kernel.length, bias.length));
    }
    requireFinite(kernel);
    requireFinite(bias);
    this.units = units;
    this.inputs = inputs;
    this.kernel = kernel.clone();
    this.bias = bias.clone();
  }

  private static void requireFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("a trained weight is " + value + "; training diverged");
      }
    }
  }

  /** {@return the number of outputs} */
  public int units() {
    return units;
  }

  /** {@return the number of inputs} */
  public int inputs() {
    return inputs;
  }

  /** {@return a copy of W, row-major [units][inputs]} */
  public float[] kernel() {
    return kernel.clone();
  }

  /** {@return a copy of b} */
  public float[] bias() {
    return bias.clone();
  }

  /** {@return W and b multiplied by a factor} */
  DenseWeights scaled(float factor) {
    float[] scaledKernel = kernel.clone();
    float[] scaledBias = bias.clone();
    for (int index = 0; index < scaledKernel.length; index++) {
      scaledKernel[index] *= factor;
    }
    for (int index = 0; index < scaledBias.length; index++) {
      scaledBias[index] *= factor;
    }
    return new DenseWeights(units, inputs, scaledKernel, scaledBias);
  }

  /** Writes y = W·x + b for one row, summed in double. */
  void apply(double[] input, double[] output) {
    for (int unit = 0; unit < units; unit++) {
      double sum = bias[unit];
      int offset = unit * inputs;
      for (int index = 0; index < inputs; index++) {
        sum += (double) kernel[offset + index] * input[index];
      }
      output[unit] = sum;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DenseWeights that
        && units == that.units
        && inputs == that.inputs
        && Arrays.equals(kernel, that.kernel)
        && Arrays.equals(bias, that.bias);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(kernel) + Arrays.hashCode(bias);
  }

  @Override
  public String toString() {
    return "DenseWeights[" + units + " x " + inputs + "]";
  }
}
