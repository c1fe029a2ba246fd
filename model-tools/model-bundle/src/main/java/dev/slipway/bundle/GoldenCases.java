package dev.slipway.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.slipway.bundle.json.JsonFields;
import dev.slipway.bundle.json.JsonText;
import dev.slipway.bundle.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The golden requests of a bundle: {@code golden.json}.
 *
 * @param cases the cases in order; their names differ
 */
public record GoldenCases(List<GoldenCase> cases) {
  /** The version of the format that is written, and the only one that is read. */
  public static final int FORMAT_VERSION = 1;

  private static final JsonFactory FACTORY = new JsonFactory();

  public GoldenCases {
    cases = List.copyOf(cases);
    if (cases.stream().map(GoldenCase::name).distinct().count() != cases.size()) {
      throw new IllegalArgumentException("two golden cases have the same name");
    }
  }

  /**
   * {@return the cases of a {@code golden.json}}
   *
   * @param utf8 its bytes
   * @throws BundleException with every problem found
   */
  public static GoldenCases read(byte[] utf8) {
    JsonValue document = BundleJson.parse(BundleFile.GOLDEN, utf8);
    BundleJson.checkVersion(BundleFile.GOLDEN, document, FORMAT_VERSION);
    List<String> problems = new ArrayList<>();
    JsonFields fields = new JsonFields(document, "", problems);
    fields.integer("formatVersion");
    List<GoldenCase> cases = new ArrayList<>();
    List<JsonValue> elements = fields.elements("cases");
    for (int i = 0; i < elements.size(); i++) {
      readCase(new JsonFields(elements.get(i), "cases[" + i + "]", problems), i, cases, problems);
    }
    fields.refuseOthers();
    if (problems.isEmpty()) {
      try {
        return new GoldenCases(cases);
      } catch (IllegalArgumentException e) {
        problems.add(BundleJson.messageOf(e));
      }
    }
    throw BundleJson.invalid(BundleFile.GOLDEN, problems);
  }

  /** {@return the bytes of {@code golden.json}; equal cases give equal bytes} */
  public byte[] write() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("formatVersion", FORMAT_VERSION);
      json.writeArrayFieldStart("cases");
      for (GoldenCase golden : cases) {
        writeCase(json, golden);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static void readCase(
      JsonFields fields, int index, List<GoldenCase> cases, List<String> problems) {
    String name = fields.text("name");
    JsonValue request = fields.value("request");
    List<NamedTensor> outputs =
        TensorJson.read(fields.elements("outputs"), "cases[" + index + "].outputs", problems);
    double tolerance = fields.decimal("tolerance");
    fields.refuseOthers();
    if (fields.clean()) {
      try {
        cases.add(new GoldenCase(name, request, outputs, tolerance));
      } catch (IllegalArgumentException e) {
        fields.note("", BundleJson.messageOf(e));
      }
    }
  }

  private static void writeCase(JsonGenerator json, GoldenCase golden) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", golden.name());
    json.writeFieldName("request");
    JsonText.write(json, golden.request());
    json.writeArrayFieldStart("outputs");
    for (NamedTensor output : golden.outputs()) {
      TensorJson.write(json, output);
    }
    json.writeEndArray();
    json.writeFieldName("tolerance");
    json.writeNumber(Double.toString(golden.tolerance()));
    json.writeEndObject();
  }
}
