package dev.slipway.bundle;

import java.util.HashSet;
import java.util.List;

/**
 * An output of the model as replies and the ONNX graph name it.
 *
 * @param name the tensor's name
 * @param datatype the type of its elements
 * @param shape its dimensions
 * @param labels the class of each position of the last dimension; non-empty marks probabilities,
 *     which are checked to be in [0, 1] and to sum to 1 per row
 */
public record OutputTensor(String name, Datatype datatype, Shape shape, List<String> labels) {
  public OutputTensor {
    labels = List.copyOf(labels);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an output has a name; found an empty one");
    }
    if (!labels.isEmpty()
        && (shape.rank() == 0 || shape.dimension(shape.rank() - 1) != labels.size())) {
      throw new IllegalArgumentException(
          "output "
              + name
              + " has shape "
              + shape
              + " and "
              + labels.size()
              + " labels; expected as many labels as the last dimension");
    }
    if (new HashSet<>(labels).size() != labels.size()) {
      throw new IllegalArgumentException("output " + name + " repeats a label: " + labels);
    }
  }
}
