package dev.slipway.bundle;

import java.util.List;

/**
 * An input of the model as requests and the ONNX graph name it.
 *
 * @param name the tensor's name
 * @param datatype the type of its elements
 * @param shape its dimensions; the first is the number of rows where it is −1
 * @param columns the columns behind its last dimension, in order; empty when the input is no table
 */
public record InputTensor(String name, Datatype datatype, Shape shape, List<Column> columns) {
  public InputTensor {
    columns = List.copyOf(columns);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an input has a name; found an empty one");
    }
    if (!columns.isEmpty()) {
      long width = shape.rank() < 2 ? 1 : shape.dimension(shape.rank() - 1);
      if (width != columns.size()) {
        throw new IllegalArgumentException(
            "input "
                + name
                + " has shape "
                + shape
                + " and "
                + columns.size()
                + " columns; expected as many columns as the last dimension (1 for rank 1)");
      }
    }
  }
}
