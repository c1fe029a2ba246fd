package dev.slipway.bundle;

/**
 * A tensor with its values, as a reply or a golden case holds it.
 *
 * @param name the output's name
 * @param datatype the type of its elements; FP32 numbers are held as doubles
 * @param shape its dimensions, none open
 * @param values its elements, as many as the shape says
 */
public record NamedTensor(String name, Datatype datatype, Shape shape, TensorValues values) {
  public NamedTensor {
    long count = shape.elementCount().orElse(-1);
    if (count != values.size()) {
      throw new IllegalArgumentException(
          "tensor " + name + " has shape " + shape + " and " + values.size() + " elements");
    }
    if (datatype.isText() != (values instanceof TensorValues.Texts)) {
      throw new IllegalArgumentException(
          "tensor " + name + " has datatype " + datatype + " and elements of another kind");
    }
  }
}
