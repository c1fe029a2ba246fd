package dev.slipway.spec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One model's specification with every default filled in. Immutable and safe to share.
 *
 * @param name of the model; part of the names of everything in AWS that belongs to it
 * @param task what the model answers
 * @param data what the table holds
 * @param training how the model is trained
 * @param packaging the section {@code package:}, how it becomes a bundle
 * @param serving how it is served
 * @param release how a new version takes over
 * @param model what an uploaded model takes and gives; only for {@code trainer: onnx}
 */
public record ModelSpec(
    String name,
    Task task,
    DataSpec data,
    TrainingSpec training,
    PackageSpec packaging,
    ServingSpec serving,
    ReleaseSpec release,
    Optional<UploadedModelSpec> model) {
  static final Setting<String> NAME = Setting.bare("name", Names.MODEL, "name of the model");
  static final Setting<Task> TASK =
      Setting.bare("task", Values.oneOf(Task.class), "what the model answers");

  static final List<Setting<?>> SETTINGS = List.of(NAME, TASK);

  /**
   * Reads a {@code model.yaml}.
   *
   * @throws ModelSpecException naming every problem, also when the file cannot be read
   */
  public static ModelSpec fromYaml(Path file) {
    return SpecReader.yaml(file);
  }

  /**
   * Reads the text of a {@code model.yaml}.
   *
   * @param source name of the document, shown in messages
   * @throws ModelSpecException naming every problem
   */
  public static ModelSpec fromYaml(String yaml, String source) {
    return SpecReader.yaml(yaml, source);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws ModelSpecException naming every problem
   */
  public static ModelSpec fromJson(String json) {
    return SpecReader.json(json, "the specification (JSON)");
  }

  /** {@return true when nothing is trained: a finished model is uploaded} */
  public boolean isUploaded() {
    return training.trainer() == TrainerKind.ONNX;
  }

  /**
   * {@return the specification as JSON: the YAML's keys in a fixed order, defaults filled in, times
   * in ISO 8601; equal specifications give equal text}
   */
  public String toJson() {
    return json().toString();
  }

  private ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("name", NAME.toJson(name));
    json.set("task", TASK.toJson(task));
    data.write(json.putObject("data"));
    training.write(json.putObject("training"));
    packaging.write(json.putObject("package"));
    serving.write(json.putObject("serving"));
    release.write(json.putObject("release"));
    model.ifPresent(value -> value.write(json.putObject("model")));
    return json;
  }
}
