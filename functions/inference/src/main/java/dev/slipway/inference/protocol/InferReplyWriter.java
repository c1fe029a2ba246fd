package dev.slipway.inference.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.slipway.bundle.Datatype;
import dev.slipway.runtime.NumberTensor;
import dev.slipway.runtime.Tensor;
import dev.slipway.runtime.TextTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes the answer of a model as an inference response JSON object. Thread-safe. */
final class InferReplyWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private final String model;
  private final String version;

  InferReplyWriter(String model, String version) {
    this.model = model;
    this.version = version;
  }

  /**
   * {@return the JSON}
   *
   * @param request what was asked
   * @param outputs the model's outputs, all finite
   */
  ByteArrayOutputStream write(InferRequest request, List<Tensor> outputs) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("model_name", model);
      json.writeStringField("model_version", version);
      if (request.id().isPresent()) {
        json.writeStringField("id", request.id().get());
      }
      json.writeArrayFieldStart("outputs");
      if (request.outputs().isEmpty()) {
        for (Tensor output : outputs) {
          tensor(json, output);
        }
      }
      for (String wanted : request.outputs()) {
        for (Tensor output : outputs) {
          if (output.name().equals(wanted)) {
            tensor(json, output);
          }
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes;
  }

  private static void tensor(JsonGenerator json, Tensor tensor) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", tensor.name());
    json.writeStringField("datatype", tensor.datatype().name());
    json.writeArrayFieldStart("shape");
    for (int i = 0; i < tensor.shape().rank(); i++) {
      json.writeNumber(tensor.shape().dimension(i));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("data");
    switch (tensor) {
      case NumberTensor numbers -> numbers(json, numbers);
      case TextTensor texts -> {
        for (String text : texts.values()) {
          json.writeString(text);
        }
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void numbers(JsonGenerator json, NumberTensor tensor) throws IOException {
    Datatype datatype = tensor.datatype();
    for (int i = 0; i < tensor.size(); i++) {
      switch (datatype) {
        case FP32 -> json.writeNumber(tensor.getFloat(i));
        case FP64 -> json.writeNumber(tensor.getDouble(i));
        case BOOL -> json.writeBoolean(tensor.getLong(i) != 0);
        case INT8, INT16, INT32, INT64, UINT8 -> json.writeNumber(tensor.getLong(i));
        case BYTES -> throw new IllegalStateException("no tensor of numbers holds BYTES");
      }
    }
  }
}
