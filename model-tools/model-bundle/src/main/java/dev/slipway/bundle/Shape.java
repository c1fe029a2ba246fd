package dev.slipway.bundle;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The dimensions of a tensor; −1 stands for a dimension that a request chooses. Immutable.
 *
 * <p>Rank 0 is a scalar with one element.
 */
public final class Shape {
  /** A dimension that a request chooses. */
  public static final long ANY = -1;

  private final long[] dimensions;

  private Shape(long[] dimensions) {
    this.dimensions = dimensions;
  }

  /**
   * {@return the shape with these dimensions}
   *
   * @param dimensions each −1 or at least 0
   * @throws IllegalArgumentException when a dimension is below −1
   */
  public static Shape of(long... dimensions) {
    for (long dimension : dimensions) {
      if (dimension < ANY) {
        throw new IllegalArgumentException(
            "a dimension is at least 0, or -1 for any; found " + Arrays.toString(dimensions));
      }
    }
    return new Shape(dimensions.clone());
  }

  /** {@return the number of dimensions} */
  public int rank() {
    return dimensions.length;
  }

  /**
   * {@return one dimension}
   *
   * @param index from 0 to rank − 1
   */
  public long dimension(int index) {
    return dimensions[index];
  }

  /** {@return a copy of the dimensions} */
  public long[] toArray() {
    return dimensions.clone();
  }

  /** {@return the product of the dimensions; empty when one is open or the product overflows} */
  public OptionalLong elementCount() {
    long count = 1;
    for (long dimension : dimensions) {
      if (dimension == 0) {
        return isOpen() ? OptionalLong.empty() : OptionalLong.of(0);
      }
      if (dimension == ANY || count > Long.MAX_VALUE / dimension) {
        return OptionalLong.empty();
      }
      count *= dimension;
    }
    return OptionalLong.of(count);
  }

  /** {@return whether a dimension is left to the request} */
  public boolean isOpen() {
    for (long dimension : dimensions) {
      if (dimension == ANY) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@return whether a tensor of the given shape fits this declaration}
   *
   * @param actual the shape of a tensor
   */
  public boolean accepts(Shape actual) {
    if (actual.rank() != rank()) {
      return false;
    }
    for (int i = 0; i < dimensions.length; i++) {
      if (dimensions[i] != ANY && dimensions[i] != actual.dimensions[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dimensions);
  }

  /** {@return for example {@code [-1, 30]}} */
  @Override
  public String toString() {
    return Arrays.toString(dimensions);
  }
}
