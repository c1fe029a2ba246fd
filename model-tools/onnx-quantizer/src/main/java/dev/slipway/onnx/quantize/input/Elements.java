package dev.slipway.onnx.quantize.input;

import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.quantize.CalibrationTensor;
import dev.slipway.onnx.quantize.QuantizeException;
import dev.slipway.onnx.quantize.QuantizeException.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * Turns elements of an array into those of a graph input. Floats become floats of another width and
 * whole numbers whole numbers of another width; nothing else changes its kind.
 *
 * @param missingAllowed whether a float may be "not a number", for models that know missing values
 */
record Elements(boolean missingAllowed) {
  /** {@return why elements of {@code from} cannot become {@code to}; empty if they can} */
  static Optional<String> obstacle(NpyType from, ElementType to) {
    boolean fits =
        switch (to) {
          case FLOAT, DOUBLE, FLOAT16 -> from.kind() == NpyType.Kind.FLOAT;
          case INT8, INT16, INT32, INT64, UINT8 ->
              from.kind() == NpyType.Kind.SIGNED || from.kind() == NpyType.Kind.UNSIGNED;
          case BOOL -> from.kind() == NpyType.Kind.BOOLEAN;
          default -> false;
        };
    if (fits) {
      return Optional.empty();
    }
    return Optional.of(
        switch (to) {
          case FLOAT, DOUBLE, FLOAT16, INT8, INT16, INT32, INT64, UINT8, BOOL ->
              "expected %s, found %s; convert it with .astype"
                  .formatted(to.name().toLowerCase(java.util.Locale.ROOT), from.word());
          case STRING -> "the model expects strings here; give them as a CSV";
          default -> "inputs of type %s are not calibrated".formatted(to);
        });
  }

  /**
   * {@return the tensor}
   *
   * @param what names input and sample, for messages
   */
  CalibrationTensor tensor(
      ByteBuffer elements, NpyType from, ElementType to, List<Long> shape, String what) {
    int count = elements.remaining() / from.bytes();
    return switch (to) {
      case FLOAT -> new CalibrationTensor.Floats(shape, floats(elements, from, count, what));
      case INT64 -> new CalibrationTensor.Longs(shape, longs(elements, from, count, what));
      default -> {
        ByteBuffer made = ByteBuffer.allocate(count * to.bits() / 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
          put(made, elements, from, to, what, i);
        }
        yield new CalibrationTensor.Stored(to, shape, made.array());
      }
    };
  }

  private float[] floats(ByteBuffer elements, NpyType from, int count, String what) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) finite(from.decimal(elements), what, i);
    }
    return values;
  }

  private static long[] longs(ByteBuffer elements, NpyType from, int count, String what) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = within(from.whole(elements), from, 64, false, what, i);
    }
    return values;
  }

  private void put(
      ByteBuffer made, ByteBuffer elements, NpyType from, ElementType to, String what, int i) {
    switch (to) {
      case DOUBLE -> made.putDouble(finite(from.decimal(elements), what, i));
      case FLOAT16 ->
          made.putShort(Float.floatToFloat16((float) finite(from.decimal(elements), what, i)));
      case UINT8 -> made.put((byte) within(from.whole(elements), from, 8, true, what, i));
      case INT8 -> made.put((byte) within(from.whole(elements), from, 8, false, what, i));
      case INT16 -> made.putShort((short) within(from.whole(elements), from, 16, false, what, i));
      case INT32 -> made.putInt((int) within(from.whole(elements), from, 32, false, what, i));
      case BOOL -> made.put((byte) (from.whole(elements) == 0 ? 0 : 1));
      default -> throw new IllegalStateException("obstacle() lets no " + to + " through");
    }
  }

  double finite(double value, String what, int place) {
    if (Double.isFinite(value) || (missingAllowed && Double.isNaN(value))) {
      return value;
    }
    throw new QuantizeException(
        Code.CALIBRATION_NOT_FINITE,
        "%s, element %d is %s; expected a finite number: leave such samples out or fill them as the"
                .formatted(what, place, value)
            + " model's users do");
  }

  private static long within(
      long value, NpyType from, int bits, boolean unsigned, String what, int place) {
    boolean huge = from.kind() == NpyType.Kind.UNSIGNED && from.bytes() == 8 && value < 0;
    long most = unsigned ? (1L << bits) - 1 : bits == 64 ? Long.MAX_VALUE : (1L << (bits - 1)) - 1;
    long least = unsigned ? 0 : bits == 64 ? Long.MIN_VALUE : -(1L << (bits - 1));
    if (huge || value > most || value < least) {
      throw Unreadable.mismatch(
          "%s, element %d is %s; expected %d to %d"
              .formatted(what, place, huge ? Long.toUnsignedString(value) : value, least, most));
    }
    return value;
  }
}
