package dev.slipway.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.slipway.bundle.ColumnProfile.Quantile;
import dev.slipway.bundle.json.JsonFields;
import dev.slipway.bundle.json.JsonValue;
import dev.slipway.bundle.json.JsonValue.NumberValue;
import dev.slipway.bundle.json.JsonValue.ObjectValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The JSON form of {@link Baseline}. */
final class BaselineJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private BaselineJson() {}

  static byte[] write(Baseline baseline) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("formatVersion", Baseline.FORMAT_VERSION);
      writeProfiles(json, "inputs", baseline.inputs());
      writeProfiles(json, "outputs", baseline.outputs());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  static Baseline read(byte[] utf8) {
    JsonValue document = BundleJson.parse(BundleFile.BASELINE, utf8);
    BundleJson.checkVersion(BundleFile.BASELINE, document, Baseline.FORMAT_VERSION);
    List<String> problems = new ArrayList<>();
    JsonFields fields = new JsonFields(document, "", problems);
    fields.integer("formatVersion");
    List<ColumnProfile> inputs = readProfiles(fields, "inputs", problems);
    List<ColumnProfile> outputs = readProfiles(fields, "outputs", problems);
    fields.refuseOthers();
    if (!problems.isEmpty()) {
      throw BundleJson.invalid(BundleFile.BASELINE, problems);
    }
    return new Baseline(inputs, outputs);
  }

  private static void writeProfiles(JsonGenerator json, String name, List<ColumnProfile> profiles)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (ColumnProfile profile : profiles) {
      json.writeStartObject();
      json.writeStringField("name", profile.name());
      json.writeNumberField("count", profile.count());
      json.writeNumberField("missing", profile.missing());
      switch (profile) {
        case ColumnProfile.Numeric numeric -> writeNumeric(json, numeric);
        case ColumnProfile.Categorical categorical -> writeCategorical(json, categorical);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeNumeric(JsonGenerator json, ColumnProfile.Numeric numeric)
      throws IOException {
    json.writeFieldName("mean");
    writeOptional(json, numeric.mean());
    json.writeFieldName("standardDeviation");
    writeOptional(json, numeric.standardDeviation());
    json.writeArrayFieldStart("quantiles");
    for (Quantile quantile : numeric.quantiles()) {
      json.writeStartObject();
      json.writeFieldName("probability");
      json.writeNumber(Double.toString(quantile.probability()));
      json.writeFieldName("value");
      json.writeNumber(Double.toString(quantile.value()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeCategorical(JsonGenerator json, ColumnProfile.Categorical categorical)
      throws IOException {
    json.writeBooleanField("hashed", categorical.hashed());
    json.writeObjectFieldStart("counts");
    for (Map.Entry<String, Long> entry : categorical.counts().entrySet()) {
      json.writeNumberField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  private static void writeOptional(JsonGenerator json, OptionalDouble value) throws IOException {
    if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
      json.writeNumber(Double.toString(value.getAsDouble()));
    } else {
      json.writeNull();
    }
  }

  private static List<ColumnProfile> readProfiles(
      JsonFields parent, String name, List<String> problems) {
    List<ColumnProfile> profiles = new ArrayList<>();
    List<JsonValue> elements = parent.elements(name);
    for (int i = 0; i < elements.size(); i++) {
      String path = name + "[" + i + "]";
      JsonFields fields = new JsonFields(elements.get(i), path, problems);
      try {
        ColumnProfile profile =
            fields.optional("counts").isPresent()
                ? readCategorical(fields)
                : readNumeric(fields, path, problems);
        fields.refuseOthers();
        profiles.add(profile);
      } catch (IllegalArgumentException e) {
        fields.note("", BundleJson.messageOf(e));
      }
    }
    return profiles;
  }

  private static ColumnProfile readNumeric(JsonFields fields, String path, List<String> problems) {
    List<Quantile> quantiles = new ArrayList<>();
    List<JsonValue> elements = fields.elements("quantiles");
    for (int i = 0; i < elements.size(); i++) {
      JsonFields quantile =
          new JsonFields(elements.get(i), path + ".quantiles[" + i + "]", problems);
      quantiles.add(new Quantile(quantile.decimal("probability"), quantile.decimal("value")));
      quantile.refuseOthers();
    }
    return new ColumnProfile.Numeric(
        fields.text("name"),
        fields.integer("count"),
        fields.integer("missing"),
        fields.optionalDecimal("mean"),
        fields.optionalDecimal("standardDeviation"),
        quantiles);
  }

  private static ColumnProfile readCategorical(JsonFields fields) {
    TreeMap<String, Long> counts = new TreeMap<>();
    JsonValue value = fields.value("counts");
    if (value instanceof ObjectValue object) {
      for (Map.Entry<String, JsonValue> entry : object.members().entrySet()) {
        counts.put(entry.getKey(), count(fields, entry.getValue()));
      }
    } else {
      fields.note("counts", "expected an object, found " + value.kind());
    }
    return new ColumnProfile.Categorical(
        fields.text("name"),
        fields.integer("count"),
        fields.integer("missing"),
        counts,
        fields.bool("hashed"));
  }

  private static long count(JsonFields fields, JsonValue value) {
    if (value instanceof NumberValue(String literal)) {
      try {
        return Long.parseLong(literal);
      } catch (NumberFormatException _) {
        // Noted below, as every value that is no whole number.
      }
    }
    fields.note("counts", "expected whole numbers, found " + value.kind());
    return 0;
  }
}
