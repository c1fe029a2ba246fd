package dev.slipway.inference.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.slipway.bundle.Column;
import dev.slipway.bundle.Datatype;
import dev.slipway.bundle.InputTensor;
import dev.slipway.bundle.OutputTensor;
import dev.slipway.bundle.Shape;
import dev.slipway.runtime.ModelSignature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes what the server and its model are, and whether they are ready. Thread-safe. */
final class Descriptions {
  private static final JsonFactory JSON = new JsonFactory();

  /** Triton's word for ONNX models run by ONNX Runtime, which clients know. */
  private static final String PLATFORM = "onnxruntime_onnx";

  private final String model;
  private final String version;
  private final ModelSignature signature;

  Descriptions(String model, String version, ModelSignature signature) {
    this.model = model;
    this.version = version;
    this.signature = signature;
  }

  ByteArrayOutputStream server(String serverVersion) {
    return write(json -> {
      json.writeStringField("name", "slipway");
      json.writeStringField("version", serverVersion);
      json.writeArrayFieldStart("extensions");
      json.writeEndArray();
    });
  }

  ByteArrayOutputStream live() {
    return write(json -> json.writeBooleanField("live", true));
  }

  ByteArrayOutputStream ready() {
    return write(json -> json.writeBooleanField("ready", true));
  }

  ByteArrayOutputStream modelReady() {
    return write(json -> {
      json.writeStringField("name", model);
      json.writeBooleanField("ready", true);
    });
  }

  ByteArrayOutputStream model() {
    return write(this::model);
  }

  private void model(JsonGenerator json) throws IOException {
    json.writeStringField("name", model);
    json.writeArrayFieldStart("versions");
    json.writeString(version);
    json.writeEndArray();
    json.writeStringField("platform", PLATFORM);
    json.writeArrayFieldStart("inputs");
    for (InputTensor input : signature.inputs()) {
      start(json, input.name(), input.datatype(), input.shape());
      if (!input.columns().isEmpty()) {
        json.writeObjectFieldStart("parameters");
        json.writeArrayFieldStart("columns");
        for (Column column : input.columns()) {
          column(json, column);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("outputs");
    for (OutputTensor output : signature.outputs()) {
      start(json, output.name(), output.datatype(), output.shape());
      if (!output.labels().isEmpty()) {
        json.writeObjectFieldStart("parameters");
        json.writeArrayFieldStart("labels");
        for (String label : output.labels()) {
          json.writeString(label);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void start(JsonGenerator json, String name, Datatype datatype, Shape shape)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeStringField("datatype", datatype.name());
    json.writeArrayFieldStart("shape");
    for (int i = 0; i < shape.rank(); i++) {
      json.writeNumber(shape.dimension(i));
    }
    json.writeEndArray();
  }

  private static void column(JsonGenerator json, Column column) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", column.name());
    json.writeStringField("type", column.type().word());
    json.writeBooleanField("required", column.required());
    if (column.minimum().isPresent()) {
      json.writeNumberField("min", column.minimum().getAsDouble());
    }
    if (column.maximum().isPresent()) {
      json.writeNumberField("max", column.maximum().getAsDouble());
    }
    json.writeEndObject();
  }

  @FunctionalInterface
  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  private static ByteArrayOutputStream write(Members members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes;
  }
}
