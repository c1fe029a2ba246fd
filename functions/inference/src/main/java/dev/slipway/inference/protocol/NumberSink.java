package dev.slipway.inference.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import dev.slipway.bundle.Datatype;
import dev.slipway.bundle.Shape;
import dev.slipway.runtime.NumberTensor;
import dev.slipway.runtime.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Takes numbers and booleans into a direct buffer; a missing floating number becomes NaN. */
final class NumberSink implements ElementSink {
  private static final int UINT8_MAX = 255;

  private final DeclaredInput input;
  private final Datatype datatype;
  private final ValueProblems problems;
  private final ByteBuffer data;

  NumberSink(DeclaredInput input, int count, ValueProblems problems) {
    this.input = input;
    this.datatype = input.tensor().datatype();
    this.problems = problems;
    this.data =
        ByteBuffer.allocateDirect(Math.multiplyExact(count, datatype.elementBytes()))
            .order(ByteOrder.nativeOrder());
  }

  @Override
  public void put(int index, JsonToken token, JsonParser parser) throws IOException {
    switch (datatype) {
      case FP32, FP64 -> putFloating(index, token, parser);
      case BOOL -> putBoolean(index, token, parser);
      case INT8 ->
          data.put(index, (byte) whole(index, token, parser, Byte.MIN_VALUE, Byte.MAX_VALUE));
      case UINT8 -> data.put(index, (byte) whole(index, token, parser, 0, UINT8_MAX));
      case INT16 ->
          data.putShort(
              index * Short.BYTES,
              (short) whole(index, token, parser, Short.MIN_VALUE, Short.MAX_VALUE));
      case INT32 ->
          data.putInt(
              index * Integer.BYTES,
              (int) whole(index, token, parser, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case INT64 ->
          data.putLong(
              index * Long.BYTES, whole(index, token, parser, Long.MIN_VALUE, Long.MAX_VALUE));
      case BYTES -> throw new IllegalStateException("BYTES go to a TextSink");
    }
  }

  @Override
  public Tensor tensor(Shape shape) {
    return NumberTensor.over(input.name(), datatype, shape, data);
  }

  private void putFloating(int index, JsonToken token, JsonParser parser) throws IOException {
    double value = Double.NaN;
    if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
      value = datatype == Datatype.FP32 ? parser.getFloatValue() : parser.getDoubleValue();
      if (Double.isInfinite(value)) {
        note(
            index,
            token,
            parser,
            "VALUE_OUT_OF_RANGE",
            "must be a number that " + datatype + " can hold");
      } else if (!input.inRange(index, value)) {
        note(index, token, parser, "VALUE_OUT_OF_RANGE", "must be " + input.range(index));
      }
    } else if (token != JsonToken.VALUE_NULL) {
      note(index, token, parser, "TYPE_MISMATCH", "must be a number");
    } else if (!input.mayBeMissing(index)) {
      note(index, token, parser, "VALUE_MISSING", "is required and must be a number");
    }
    if (datatype == Datatype.FP32) {
      data.putFloat(index * Float.BYTES, (float) value);
    } else {
      data.putDouble(index * Double.BYTES, value);
    }
  }

  private void putBoolean(int index, JsonToken token, JsonParser parser) throws IOException {
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      data.put(index, (byte) (token == JsonToken.VALUE_TRUE ? 1 : 0));
    } else {
      note(index, token, parser, "TYPE_MISMATCH", "must be true or false");
    }
  }

  private long whole(int index, JsonToken token, JsonParser parser, long least, long most)
      throws IOException {
    if (token != JsonToken.VALUE_NUMBER_INT) {
      note(
          index,
          token,
          parser,
          "TYPE_MISMATCH",
          "must be a whole number without point or exponent");
      return 0;
    }
    try {
      long value = parser.getLongValue();
      if (value < least || value > most) {
        String limits = "must be " + datatype + ", from " + least + " to " + most;
        note(index, token, parser, "VALUE_OUT_OF_RANGE", limits);
      } else if (!input.inRange(index, (double) value)) {
        note(index, token, parser, "VALUE_OUT_OF_RANGE", "must be " + input.range(index));
      }
      return value;
    } catch (InputCoercionException _) {
      // Beyond 64 bits.
      String limits = "must be " + datatype + ", from " + least + " to " + most;
      note(index, token, parser, "VALUE_OUT_OF_RANGE", limits);
      return 0;
    }
  }

  private void note(int index, JsonToken token, JsonParser parser, String code, String expected)
      throws IOException {
    String words =
        problems.wantsWords()
            ? input.place(index) + " " + expected + ", found " + Requests.describe(token, parser)
            : "";
    problems.note(code, words);
  }
}
