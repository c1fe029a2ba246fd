package dev.slipway.runtime;

import dev.slipway.bundle.Datatype;
import dev.slipway.bundle.NamedTensor;
import dev.slipway.bundle.Shape;
import dev.slipway.bundle.TensorValues;
import java.util.List;

/**
 * A tensor of strings.
 *
 * <p>ONNX Runtime for Java passes strings in Java's modified UTF-8 ({@link java.io.DataInput}),
 * which equals UTF-8 up to U+FFFF (but for U+0000). A graph that is to know characters beyond, such
 * as emoji, in its keys or labels must hold them in that form.
 *
 * @param name the model's input or output
 * @param shape its dimensions
 * @param values the elements, row-major
 */
public record TextTensor(String name, Shape shape, List<String> values) implements Tensor {
  public TextTensor {
    values = List.copyOf(values);
    if (shape.elementCount().orElse(-1) != values.size()) {
      throw new IllegalArgumentException(
          "tensor " + name + " has shape " + shape + " and " + values.size() + " elements");
    }
  }

  /**
   * {@return a tensor of rank 1}
   *
   * @param name the model's input
   * @param values the elements
   */
  public static TextTensor of(String name, List<String> values) {
    return new TextTensor(name, Shape.of(values.size()), values);
  }

  @Override
  public Datatype datatype() {
    return Datatype.BYTES;
  }

  @Override
  public NamedTensor toNamed() {
    return new NamedTensor(name, Datatype.BYTES, shape, new TensorValues.Texts(values));
  }
}
