package dev.slipway.bundle;

import dev.slipway.bundle.json.JsonFields;
import dev.slipway.bundle.json.JsonValue;
import dev.slipway.bundle.json.JsonValue.ArrayValue;
import dev.slipway.bundle.json.JsonValue.NullValue;
import dev.slipway.bundle.json.JsonValue.NumberValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a manifest strictly and reports every problem at once: unknown, repeated or missing
 * members, wrong types, values out of range, a format version it does not know. Thread-safe.
 */
public final class ManifestReader {
  private final List<String> problems = new ArrayList<>();

  private ManifestReader() {}

  /**
   * {@return the manifest}
   *
   * @param utf8 the bytes of {@code manifest.json}
   * @throws BundleException with every problem found
   */
  public static Manifest read(byte[] utf8) {
    JsonValue document = BundleJson.parse(BundleFile.MANIFEST, utf8);
    BundleJson.checkVersion(BundleFile.MANIFEST, document, Manifest.FORMAT_VERSION);
    ManifestReader reader = new ManifestReader();
    Optional<Manifest> manifest = reader.manifest(document);
    if (manifest.isEmpty()) {
      throw BundleJson.invalid(BundleFile.MANIFEST, reader.problems);
    }
    return manifest.get();
  }

  private Optional<Manifest> manifest(JsonValue document) {
    JsonFields fields = new JsonFields(document, "", problems);
    fields.integer("formatVersion");
    String model = fields.text("model");
    Task task = task(fields);
    List<InputTensor> inputs = inputs(fields.elements("inputs"));
    List<OutputTensor> outputs = outputs(fields.elements("outputs"));
    List<BundleFile> files = files(fields.elements("files"));
    Optional<Lineage> lineage = lineage(fields.value("lineage"));
    Recipe recipe = recipe(fields.value("recipe"));
    Optional<Metrics> metrics = metrics(fields.value("metrics"));
    fields.refuseOthers();
    if (!problems.isEmpty() || lineage.isEmpty() || metrics.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Manifest(model, task, inputs, outputs, files, lineage.get(), recipe, metrics.get()));
    } catch (IllegalArgumentException e) {
      problems.add(BundleJson.messageOf(e));
      return Optional.empty();
    }
  }

  private Task task(JsonFields fields) {
    String word = fields.text("task");
    Optional<Task> task = Task.ofWord(word);
    if (task.isEmpty() && fields.clean()) {
      fields.note("task", "unknown task \"" + word + "\"; expected one of " + words());
    }
    return task.orElse(Task.CLASSIFICATION);
  }

  private static List<String> words() {
    List<String> words = new ArrayList<>();
    for (Task task : Task.values()) {
      words.add(task.word());
    }
    return words;
  }

  private List<InputTensor> inputs(List<JsonValue> elements) {
    List<InputTensor> inputs = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      JsonFields fields = new JsonFields(elements.get(i), "inputs[" + i + "]", problems);
      String name = fields.text("name");
      Datatype datatype = BundleJson.datatype(fields);
      Shape shape = BundleJson.shape(fields);
      List<Column> columns = columns("inputs[" + i + "].columns", fields.elements("columns"));
      fields.refuseOthers();
      if (fields.clean()) {
        try {
          inputs.add(new InputTensor(name, datatype, shape, columns));
        } catch (IllegalArgumentException e) {
          fields.note("", BundleJson.messageOf(e));
        }
      }
    }
    return inputs;
  }

  private List<Column> columns(String path, List<JsonValue> elements) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      JsonFields fields = new JsonFields(elements.get(i), path + "[" + i + "]", problems);
      String name = fields.text("name");
      Column.Type type = columnType(fields);
      boolean required = fields.bool("required");
      var minimum = fields.optionalDecimal("min");
      var maximum = fields.optionalDecimal("max");
      fields.refuseOthers();
      if (fields.clean()) {
        try {
          columns.add(new Column(name, type, required, minimum, maximum));
        } catch (IllegalArgumentException e) {
          fields.note("", BundleJson.messageOf(e));
        }
      }
    }
    return columns;
  }

  private static Column.Type columnType(JsonFields fields) {
    String word = fields.text("type");
    for (Column.Type type : Column.Type.values()) {
      if (type.word().equals(word)) {
        return type;
      }
    }
    fields.note("type", "unknown type \"" + word + "\"; expected number, category or text");
    return Column.Type.NUMBER;
  }

  private List<OutputTensor> outputs(List<JsonValue> elements) {
    List<OutputTensor> outputs = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      JsonFields fields = new JsonFields(elements.get(i), "outputs[" + i + "]", problems);
      String name = fields.text("name");
      Datatype datatype = BundleJson.datatype(fields);
      Shape shape = BundleJson.shape(fields);
      List<String> labels = fields.texts("labels");
      fields.refuseOthers();
      if (fields.clean()) {
        try {
          outputs.add(new OutputTensor(name, datatype, shape, labels));
        } catch (IllegalArgumentException e) {
          fields.note("", BundleJson.messageOf(e));
        }
      }
    }
    return outputs;
  }

  private List<BundleFile> files(List<JsonValue> elements) {
    List<BundleFile> files = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      JsonFields fields = new JsonFields(elements.get(i), "files[" + i + "]", problems);
      String path = fields.text("path");
      String sha256 = fields.text("sha256");
      long size = fields.integer("size");
      fields.refuseOthers();
      if (fields.clean()) {
        try {
          files.add(new BundleFile(path, new Digest(sha256), size));
        } catch (IllegalArgumentException e) {
          fields.note("", BundleJson.messageOf(e));
        }
      }
    }
    return files;
  }

  private Optional<Lineage> lineage(JsonValue value) {
    JsonFields fields = new JsonFields(value, "lineage", problems);
    String bucket = fields.text("datasetBucket");
    String key = fields.text("datasetKey");
    String versionId = fields.text("datasetVersionId");
    String dataset = fields.text("datasetSha256");
    String settings = fields.text("settingsSha256");
    long seed = fields.integer("seed");
    String slipway = fields.text("slipway");
    String jdk = fields.text("jdk");
    String onnxruntime = fields.text("onnxruntime");
    String trainer = fields.text("trainer");
    String device = fields.text("device");
    fields.refuseOthers();
    if (!fields.clean()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Lineage(
              bucket,
              key,
              versionId,
              new Digest(dataset),
              new Digest(settings),
              seed,
              slipway,
              jdk,
              onnxruntime,
              trainer,
              device));
    } catch (IllegalArgumentException e) {
      fields.note("", BundleJson.messageOf(e));
      return Optional.empty();
    }
  }

  private Recipe recipe(JsonValue value) {
    JsonFields fields = new JsonFields(value, "recipe", problems);
    String chosen = fields.text("chosen");
    String target = fields.text("target");
    List<Recipe.Score> others = new ArrayList<>();
    List<JsonValue> elements = fields.elements("others");
    for (int i = 0; i < elements.size(); i++) {
      JsonFields score = new JsonFields(elements.get(i), "recipe.others[" + i + "]", problems);
      others.add(
          new Recipe.Score(
              score.text("recipe"),
              score.optionalDecimal("metric"),
              score.integer("bytes"),
              score.bool("passed")));
      score.refuseOthers();
    }
    fields.refuseOthers();
    return new Recipe(chosen, target, others);
  }

  private Optional<Metrics> metrics(JsonValue value) {
    JsonFields fields = new JsonFields(value, "metrics", problems);
    String metric = fields.text("metric");
    var floatModel = fields.optionalDecimal("float");
    var quantized = fields.optionalDecimal("quantized");
    var live = fields.optionalDecimal("live");
    long rows = fields.integer("rows");
    Optional<Metrics.Interval> interval = interval(fields);
    fields.refuseOthers();
    return fields.clean()
        ? Optional.of(new Metrics(metric, floatModel, quantized, interval, live, rows))
        : Optional.empty();
  }

  private static Optional<Metrics.Interval> interval(JsonFields fields) {
    JsonValue value = fields.value("interval");
    if (value == NullValue.NULL) {
      return Optional.empty();
    }
    if (value instanceof ArrayValue(List<JsonValue> ends)
        && ends.size() == 2
        && ends.get(0) instanceof NumberValue low
        && ends.get(1) instanceof NumberValue high
        && low.toDouble() <= high.toDouble()) {
      return Optional.of(new Metrics.Interval(low.toDouble(), high.toDouble()));
    }
    fields.note("interval", "expected [low, high] or null, found " + value.kind());
    return Optional.empty();
  }
}
