package dev.slipway.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalDouble;

/**
 * Writes a manifest; equal manifests give equal bytes on every machine.
 *
 * <p>Members stand in one order, files are sorted by path, numbers are written by {@link
 * Double#toString(double)}, there is no white space, and the text ends with a line feed.
 * Thread-safe.
 */
public final class ManifestWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private ManifestWriter() {}

  /**
   * {@return the bytes of {@code manifest.json}}
   *
   * @param manifest what to write
   */
  public static byte[] write(Manifest manifest) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      writeManifest(json, manifest);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static void writeManifest(JsonGenerator json, Manifest manifest) throws IOException {
    json.writeStartObject();
    json.writeNumberField("formatVersion", Manifest.FORMAT_VERSION);
    json.writeStringField("model", manifest.model());
    json.writeStringField("task", manifest.task().word());
    json.writeArrayFieldStart("inputs");
    for (InputTensor input : manifest.inputs()) {
      writeInput(json, input);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("outputs");
    for (OutputTensor output : manifest.outputs()) {
      writeOutput(json, output);
    }
    json.writeEndArray();
    writeFiles(json, manifest);
    writeLineage(json, manifest.lineage());
    writeRecipe(json, manifest.recipe());
    writeMetrics(json, manifest.metrics());
    json.writeEndObject();
  }

  private static void writeInput(JsonGenerator json, InputTensor input) throws IOException {
    json.writeStartObject();
    writeSignature(json, input.name(), input.datatype(), input.shape());
    json.writeArrayFieldStart("columns");
    for (Column column : input.columns()) {
      json.writeStartObject();
      json.writeStringField("name", column.name());
      json.writeStringField("type", column.type().word());
      json.writeBooleanField("required", column.required());
      writeOptional(json, "min", column.minimum());
      writeOptional(json, "max", column.maximum());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeOutput(JsonGenerator json, OutputTensor output) throws IOException {
    json.writeStartObject();
    writeSignature(json, output.name(), output.datatype(), output.shape());
    json.writeArrayFieldStart("labels");
    for (String label : output.labels()) {
      json.writeString(label);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeSignature(JsonGenerator json, String name, Datatype type, Shape shape)
      throws IOException {
    json.writeStringField("name", name);
    json.writeStringField("datatype", type.name());
    json.writeArrayFieldStart("shape");
    for (long dimension : shape.toArray()) {
      json.writeNumber(dimension);
    }
    json.writeEndArray();
  }

  private static void writeFiles(JsonGenerator json, Manifest manifest) throws IOException {
    json.writeArrayFieldStart("files");
    for (BundleFile file : manifest.files()) {
      json.writeStartObject();
      json.writeStringField("path", file.path());
      json.writeStringField("sha256", file.sha256().hex());
      json.writeNumberField("size", file.size());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeLineage(JsonGenerator json, Lineage lineage) throws IOException {
    json.writeObjectFieldStart("lineage");
    json.writeStringField("datasetBucket", lineage.datasetBucket());
    json.writeStringField("datasetKey", lineage.datasetKey());
    json.writeStringField("datasetVersionId", lineage.datasetVersionId());
    json.writeStringField("datasetSha256", lineage.datasetSha256().hex());
    json.writeStringField("settingsSha256", lineage.settingsSha256().hex());
    json.writeNumberField("seed", lineage.seed());
    json.writeStringField("slipway", lineage.slipway());
    json.writeStringField("jdk", lineage.jdk());
    json.writeStringField("onnxruntime", lineage.onnxruntime());
    json.writeStringField("trainer", lineage.trainer());
    json.writeStringField("device", lineage.device());
    json.writeEndObject();
  }

  private static void writeRecipe(JsonGenerator json, Recipe recipe) throws IOException {
    json.writeObjectFieldStart("recipe");
    json.writeStringField("chosen", recipe.chosen());
    json.writeStringField("target", recipe.target());
    json.writeArrayFieldStart("others");
    for (Recipe.Score score : recipe.others()) {
      json.writeStartObject();
      json.writeStringField("recipe", score.recipe());
      writeOptional(json, "metric", score.metric());
      json.writeNumberField("bytes", score.bytes());
      json.writeBooleanField("passed", score.passed());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeMetrics(JsonGenerator json, Metrics metrics) throws IOException {
    json.writeObjectFieldStart("metrics");
    json.writeStringField("metric", metrics.metric());
    writeOptional(json, "float", metrics.floatModel());
    writeOptional(json, "quantized", metrics.quantized());
    if (metrics.interval().isPresent()) {
      json.writeArrayFieldStart("interval");
      writeNumber(json, metrics.interval().get().low());
      writeNumber(json, metrics.interval().get().high());
      json.writeEndArray();
    } else {
      json.writeNullField("interval");
    }
    writeOptional(json, "live", metrics.live());
    json.writeNumberField("rows", metrics.rows());
    json.writeEndObject();
  }

  private static void writeOptional(JsonGenerator json, String name, OptionalDouble value)
      throws IOException {
    json.writeFieldName(name);
    if (value.isPresent()) {
      writeNumber(json, value.getAsDouble());
    } else {
      json.writeNull();
    }
  }

  private static void writeNumber(JsonGenerator json, double value) throws IOException {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a manifest holds finite numbers only, found " + value);
    }
    json.writeNumber(Double.toString(value));
  }
}
