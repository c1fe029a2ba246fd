package dev.slipway.inference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.slipway.bundle.BundleDirectory;
import dev.slipway.bundle.BundleFile;
import dev.slipway.bundle.Column;
import dev.slipway.bundle.GoldenCases;
import dev.slipway.bundle.InputTensor;
import dev.slipway.bundle.Shape;
import dev.slipway.bundle.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes the request that is answered once during INIT, so that the first client does not wait for
 * classes and memory: the first golden case where the bundle holds it (a layer does not), else one
 * row made from the manifest.
 */
final class WarmUp {
  private static final JsonFactory JSON = new JsonFactory();

  private WarmUp() {}

  /** {@return a gateway event with an infer request} */
  static byte[] event(BundleDirectory bundle) {
    byte[] request = request(bundle);
    return write(json -> {
      json.writeStringField("httpMethod", "POST");
      json.writeStringField("path", "/v2/models/" + bundle.manifest().model() + "/infer");
      json.writeObjectFieldStart("headers");
      json.writeStringField("Content-Type", "application/json");
      json.writeEndObject();
      json.writeBooleanField("isBase64Encoded", true);
      json.writeBinaryField("body", request);
    });
  }

  private static byte[] request(BundleDirectory bundle) {
    Path golden = bundle.file(BundleFile.GOLDEN);
    if (Files.isRegularFile(golden)) {
      try {
        GoldenCases cases = GoldenCases.read(Files.readAllBytes(golden));
        if (!cases.cases().isEmpty()) {
          return JsonText.write(cases.cases().getFirst().request());
        }
      } catch (IOException e) {
        throw new UncheckedIOException("reading " + golden + " failed", e);
      }
    }
    return write(json -> {
      json.writeArrayFieldStart("inputs");
      for (InputTensor input : bundle.manifest().inputs()) {
        input(json, input);
      }
      json.writeEndArray();
    });
  }

  private static void input(JsonGenerator json, InputTensor input) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", input.name());
    json.writeStringField("datatype", input.datatype().name());
    json.writeArrayFieldStart("shape");
    long count = 1;
    for (long dimension : input.shape().toArray()) {
      long length = dimension == Shape.ANY ? 1 : dimension;
      json.writeNumber(length);
      count *= length;
    }
    json.writeEndArray();
    json.writeArrayFieldStart("data");
    for (int i = 0; i < count; i++) {
      element(json, input, i);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void element(JsonGenerator json, InputTensor input, int index) throws IOException {
    switch (input.datatype()) {
      case BYTES -> json.writeString("");
      case BOOL -> json.writeBoolean(false);
      case FP32, FP64 -> json.writeNumber((float) inRange(input, index));
      case INT8, INT16, INT32, INT64, UINT8 -> json.writeNumber((long) inRange(input, index));
    }
  }

  /** {@return 0, or the nearest value that the column's declared range allows} */
  private static double inRange(InputTensor input, int index) {
    if (input.columns().isEmpty()) {
      return 0;
    }
    Column column = input.columns().get(index % input.columns().size());
    double value = Math.max(0, column.minimum().orElse(0));
    return Math.min(value, column.maximum().orElse(value));
  }

  @FunctionalInterface
  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  private static byte[] write(Members members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
