package dev.slipway.inference.protocol;

import dev.slipway.bundle.Column;
import dev.slipway.bundle.InputTensor;
import dev.slipway.bundle.Shape;
import dev.slipway.inference.http.HttpProblem;
import java.util.List;

/** One input of the model with the rules for its elements, prepared for reading. Immutable. */
final class DeclaredInput {
  private final InputTensor tensor;
  private final int width;
  private final boolean[] required;
  private final double[] minimum;
  private final double[] maximum;

  DeclaredInput(InputTensor tensor) {
    this.tensor = tensor;
    List<Column> columns = tensor.columns();
    width = Math.max(1, columns.size());
    required = new boolean[width];
    minimum = new double[width];
    maximum = new double[width];
    for (int i = 0; i < width; i++) {
      boolean known = i < columns.size();
      required[i] = !known || columns.get(i).required();
      minimum[i] =
          known
              ? columns.get(i).minimum().orElse(Double.NEGATIVE_INFINITY)
              : Double.NEGATIVE_INFINITY;
      maximum[i] =
          known
              ? columns.get(i).maximum().orElse(Double.POSITIVE_INFINITY)
              : Double.POSITIVE_INFINITY;
    }
  }

  InputTensor tensor() {
    return tensor;
  }

  String name() {
    return tensor.name();
  }

  /** {@return whether the first dimension is the number of rows} */
  boolean hasRows() {
    return tensor.shape().rank() > 0 && tensor.shape().dimension(0) == Shape.ANY;
  }

  /** Refuses a datatype or shape that the input does not take. */
  void check(String datatype, Shape shape) {
    if (!datatype.equals(tensor.datatype().name())) {
      throw HttpProblem.badRequest(
          "DATATYPE_MISMATCH",
          "input "
              + name()
              + " takes "
              + tensor.datatype()
              + ", found datatype "
              + Requests.quote(datatype)
              + ". Convert the data and say "
              + tensor.datatype()
              + ".");
    }
    if (!tensor.shape().accepts(shape)) {
      String columns =
          tensor.columns().isEmpty() ? "" : " (" + width + " columns per row; see the metadata)";
      throw HttpProblem.badRequest(
          "SHAPE_MISMATCH",
          "input "
              + name()
              + " takes shape "
              + tensor.shape()
              + columns
              + ", where -1 is any length, found "
              + shape
              + ".");
    }
  }

  /** {@return whether the element may be missing} */
  boolean mayBeMissing(int index) {
    return !required[index % width];
  }

  /** {@return whether a present value lies in its column's declared range} */
  boolean inRange(int index, double value) {
    int column = index % width;
    return value >= minimum[column] && value <= maximum[column];
  }

  /** {@return the declared range of an element's column, in words} */
  String range(int index) {
    int column = index % width;
    return "from " + minimum[column] + " to " + maximum[column];
  }

  /** {@return an element's place as a person looks for it} */
  String place(int index) {
    if (tensor.columns().isEmpty()) {
      return "element " + index + " of input " + name();
    }
    return "row "
        + index / width
        + ", column "
        + tensor.columns().get(index % width).name()
        + " of input "
        + name();
  }

  /** {@return for example {@code features FP32[-1, 30]}} */
  @Override
  public String toString() {
    return name() + " " + tensor.datatype() + tensor.shape();
  }
}
