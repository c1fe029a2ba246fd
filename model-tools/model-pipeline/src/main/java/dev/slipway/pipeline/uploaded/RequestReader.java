package dev.slipway.pipeline.uploaded;

import dev.slipway.bundle.Datatype;
import dev.slipway.bundle.Shape;
import dev.slipway.bundle.json.JsonFields;
import dev.slipway.bundle.json.JsonValue;
import dev.slipway.runtime.NumberTensor;
import dev.slipway.runtime.Tensor;
import dev.slipway.runtime.TextTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads the tensors of an infer request of the Open Inference Protocol v2. */
public final class RequestReader {
  private RequestReader() {}

  /**
   * {@return the request's inputs}
   *
   * @throws IllegalArgumentException with everything that is wrong
   */
  public static List<Tensor> tensors(JsonValue request) {
    List<String> problems = new ArrayList<>();
    JsonFields fields = new JsonFields(request, "request", problems);
    List<Tensor> tensors = new ArrayList<>();
    List<JsonValue> inputs = fields.elements("inputs");
    for (int index = 0; index < inputs.size(); index++) {
      String path = "request.inputs[" + index + "]";
      tensor(new JsonFields(inputs.get(index), path, problems), path, tensors, problems);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return tensors;
  }

  private static void tensor(
      JsonFields fields, String path, List<Tensor> tensors, List<String> problems) {
    String name = fields.text("name");
    String word = fields.text("datatype");
    long[] sizes = fields.integers("shape");
    List<JsonValue> flat = new ArrayList<>();
    flatten(fields.elements("data"), flat);
    if (!fields.clean()) {
      return;
    }
    try {
      Datatype datatype =
          Datatype.named(word)
              .orElseThrow(() -> new IllegalArgumentException("datatype " + word + " is unknown"));
      tensors.add(
          datatype.isText()
              ? new TextTensor(name, Shape.of(sizes), texts(flat))
              : numbers(name, datatype, Shape.of(sizes), flat));
    } catch (IllegalArgumentException wrong) {
      problems.add(path + ": " + wrong.getMessage());
    }
  }

  private static void flatten(List<JsonValue> elements, List<JsonValue> flat) {
    for (JsonValue element : elements) {
      if (element instanceof JsonValue.ArrayValue(List<JsonValue> inner)) {
        flatten(inner, flat);
      } else {
        flat.add(element);
      }
    }
  }

  private static List<String> texts(List<JsonValue> flat) {
    List<String> texts = new ArrayList<>();
    for (JsonValue value : flat) {
      if (!(value instanceof JsonValue.TextValue(String text))) {
        throw new IllegalArgumentException("expected strings, found " + value.kind());
      }
      texts.add(text);
    }
    return texts;
  }

  private static NumberTensor numbers(
      String name, Datatype datatype, Shape shape, List<JsonValue> flat) {
    ByteBuffer data =
        ByteBuffer.allocateDirect(flat.size() * datatype.elementBytes())
            .order(ByteOrder.nativeOrder());
    for (JsonValue value : flat) {
      put(data, datatype, number(value));
    }
    return NumberTensor.over(name, datatype, shape, data.flip());
  }

  private static double number(JsonValue value) {
    return switch (value) {
      case JsonValue.NumberValue number -> number.toDouble();
      case JsonValue.BooleanValue(boolean bool) -> bool ? 1 : 0;
      case JsonValue.NullValue _ -> Double.NaN;
      case JsonValue.TextValue _, JsonValue.ArrayValue _, JsonValue.ObjectValue _ ->
          throw new IllegalArgumentException("expected numbers, found " + value.kind());
    };
  }

  /** Appends one number in the tensor's own type; a missing whole number is 0. */
  static void put(ByteBuffer data, Datatype datatype, double value) {
    switch (datatype) {
      case FP32 -> data.putFloat((float) value);
      case FP64 -> data.putDouble(value);
      case INT64 -> data.putLong((long) value);
      case INT32 -> data.putInt((int) value);
      case INT16 -> data.putShort((short) value);
      case INT8, UINT8, BOOL -> data.put((byte) value);
      case BYTES -> throw new IllegalArgumentException("BYTES elements are no numbers");
    }
  }
}
