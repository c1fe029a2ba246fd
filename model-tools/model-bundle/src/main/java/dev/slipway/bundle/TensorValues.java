package dev.slipway.bundle;

import java.util.Arrays;
import java.util.List;

/** The elements of a tensor as a reply or a golden case holds them, row-major. Immutable. */
public sealed interface TensorValues {
  /** {@return how many elements there are} */
  int size();

  /** Numbers; whole numbers up to 2^53 are exact. */
  final class Numbers implements TensorValues {
    private final double[] values;

    private Numbers(double[] values) {
      this.values = values;
    }

    /**
     * {@return the numbers}
     *
     * @param values the elements; copied
     */
    public static Numbers of(double... values) {
      return new Numbers(values.clone());
    }

    /**
     * {@return one number}
     *
     * @param index from 0 to size − 1
     */
    public double get(int index) {
      return values[index];
    }

    @Override
    public int size() {
      return values.length;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Numbers numbers && Arrays.equals(values, numbers.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return Arrays.toString(values);
    }
  }

  /**
   * Strings.
   *
   * @param values the elements
   */
  record Texts(List<String> values) implements TensorValues {
    public Texts {
      values = List.copyOf(values);
    }

    @Override
    public int size() {
      return values.size();
    }
  }
}
