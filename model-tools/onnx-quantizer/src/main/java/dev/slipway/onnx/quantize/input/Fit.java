package dev.slipway.onnx.quantize.input;

import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.graph.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** How the samples of an array, stacked along its first axis, become values of a graph input. */
sealed interface Fit {
  /**
   * It fits.
   *
   * @param shape of one sample as the model takes it
   * @param samples how many there are
   */
  record Taken(List<Long> shape, long samples) implements Fit {
    long elements() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }
  }

  /**
   * It does not.
   *
   * @param why expected and found
   */
  record Refused(String why) implements Fit {}

  /**
   * {@return how an array of this shape feeds the input} An array of the input's own rank has its
   * samples along the input's first axis, as many at a time as the model takes; one of a rank more
   * holds whole values.
   */
  static Fit of(ValueType input, List<Long> array) {
    if (array.isEmpty()) {
      return new Refused("expected samples stacked along axis 0, found a single number");
    }
    if (input.shape().isEmpty()) {
      return new Taken(rest(1, array), array.getFirst());
    }
    Shape shape = input.shape().get();
    if (array.size() == shape.rank() + 1 && fits(shape, 0, array, 1)) {
      return new Taken(array.subList(1, array.size()), array.getFirst());
    }
    if (array.size() != shape.rank() || !fits(shape, 1, array, 1)) {
      return new Refused(
          "expected %s with samples stacked along axis 0, found %s".formatted(shape, array));
    }
    long batch = Math.max(1, shape.size(0).orElse(1));
    long rows = array.getFirst();
    if (rows % batch != 0) {
      return new Refused(
          "the model takes %d rows at a time, found %d; give a multiple of %d"
              .formatted(batch, rows, batch));
    }
    return new Taken(rest(batch, array), rows / batch);
  }

  /** {@return whether a whole value has this shape, any size where the model leaves it open} */
  static boolean whole(ValueType input, List<Long> value) {
    return input
        .shape()
        .map(shape -> value.size() == shape.rank() && fits(shape, 0, value, 0))
        .orElse(true);
  }

  private static List<Long> rest(long batch, List<Long> array) {
    List<Long> shape = new ArrayList<>(array);
    shape.set(0, batch);
    return shape;
  }

  private static boolean fits(Shape shape, int fromAxis, List<Long> array, int fromArrayAxis) {
    int offset = fromArrayAxis - fromAxis;
    for (int axis = fromAxis; axis < shape.rank(); axis++) {
      OptionalLong size = shape.size(axis);
      if (size.isPresent() && size.getAsLong() != array.get(axis + offset)) {
        return false;
      }
    }
    return true;
  }
}
