package dev.slipway.bundle;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.slipway.bundle.json.JsonFields;
import dev.slipway.bundle.json.JsonValue;
import dev.slipway.bundle.json.JsonValue.ArrayValue;
import dev.slipway.bundle.json.JsonValue.BooleanValue;
import dev.slipway.bundle.json.JsonValue.NumberValue;
import dev.slipway.bundle.json.JsonValue.TextValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Tensors with values in the JSON form of the Open Inference Protocol v2. */
final class TensorJson {
  private TensorJson() {}

  static List<NamedTensor> read(List<JsonValue> elements, String path, List<String> problems) {
    List<NamedTensor> tensors = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      JsonFields fields = new JsonFields(elements.get(i), path + "[" + i + "]", problems);
      String name = fields.text("name");
      Datatype datatype = BundleJson.datatype(fields);
      Shape shape = BundleJson.shape(fields);
      List<JsonValue> data = new ArrayList<>();
      flatten(fields.elements("data"), data);
      TensorValues values = datatype.isText() ? texts(fields, data) : numbers(fields, data);
      fields.optional("parameters");
      fields.refuseOthers();
      if (fields.clean()) {
        try {
          tensors.add(new NamedTensor(name, datatype, shape, values));
        } catch (IllegalArgumentException e) {
          fields.note("", BundleJson.messageOf(e));
        }
      }
    }
    return tensors;
  }

  static void write(JsonGenerator json, NamedTensor tensor) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", tensor.name());
    json.writeStringField("datatype", tensor.datatype().name());
    json.writeArrayFieldStart("shape");
    for (long dimension : tensor.shape().toArray()) {
      json.writeNumber(dimension);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("data");
    switch (tensor.values()) {
      case TensorValues.Numbers numbers -> {
        for (int i = 0; i < numbers.size(); i++) {
          json.writeNumber(literal(tensor.datatype(), numbers.get(i)));
        }
      }
      case TensorValues.Texts(List<String> texts) -> {
        for (String text : texts) {
          json.writeString(text);
        }
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static String literal(Datatype datatype, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no " + value + "; a golden output is finite");
    }
    return switch (datatype) {
      case FP32 -> Float.toString((float) value);
      case FP64 -> Double.toString(value);
      case INT8, INT16, INT32, INT64, UINT8, BOOL, BYTES -> Long.toString((long) value);
    };
  }

  private static void flatten(List<JsonValue> elements, List<JsonValue> flat) {
    for (JsonValue element : elements) {
      if (element instanceof ArrayValue(List<JsonValue> inner)) {
        flatten(inner, flat);
      } else {
        flat.add(element);
      }
    }
  }

  private static TensorValues texts(JsonFields fields, List<JsonValue> data) {
    List<String> texts = new ArrayList<>();
    for (JsonValue element : data) {
      if (element instanceof TextValue(String text)) {
        texts.add(text);
      } else {
        fields.note("data", "expected only strings, found " + element.kind());
      }
    }
    return new TensorValues.Texts(texts);
  }

  private static TensorValues numbers(JsonFields fields, List<JsonValue> data) {
    double[] numbers = new double[data.size()];
    for (int i = 0; i < numbers.length; i++) {
      switch (data.get(i)) {
        case NumberValue number -> numbers[i] = number.toDouble();
        case BooleanValue(boolean value) -> numbers[i] = value ? 1 : 0;
        case JsonValue other -> fields.note("data", "expected only numbers, found " + other.kind());
      }
    }
    return TensorValues.Numbers.of(numbers);
  }
}
