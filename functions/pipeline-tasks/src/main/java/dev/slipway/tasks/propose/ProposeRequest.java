package dev.slipway.tasks.propose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.tasks.run.RunFiles;
import dev.slipway.tasks.run.TaskJson;
import java.util.List;
import java.util.Optional;

/**
 * What the pipeline says at its end.
 *
 * @param run which run
 * @param onnx whether a finished model was uploaded, so that nothing was trained
 * @param error what broke a job, if one broke
 */
public record ProposeRequest(RunFiles run, boolean onnx, Optional<JobError> error) {
  /**
   * What Step Functions says about a job that did not end well.
   *
   * @param error its name
   * @param cause for a Batch job: its description as JSON
   */
  public record JobError(String error, String cause) {}

  /**
   * {@return the request}
   *
   * @param registry the bucket of the run's files; a request that names another is refused
   * @throws IllegalArgumentException when it is none, saying what is missing
   */
  public static ProposeRequest read(byte[] utf8, String registry) {
    ObjectNode json = TaskJson.read(utf8, "the request");
    RunFiles run = new RunFiles(registry, json.path("model").asText(), json.path("runId").asText());
    String uri = json.path("run").asText();
    if (!uri.equals(run.uri())) {
      throw new IllegalArgumentException(
          "RUN_INVALID: expected run " + run.uri() + ", found \"" + uri + "\"");
    }
    String kind = json.path("kind").asText();
    if (!kind.equals("dataset") && !kind.equals("onnx")) {
      throw new IllegalArgumentException(
          "RUN_INVALID: expected kind dataset or onnx, found \"" + kind + "\"");
    }
    JsonNode error = json.path("error");
    return new ProposeRequest(
        run,
        kind.equals("onnx"),
        error.isObject()
            ? Optional.of(new JobError(error.path("Error").asText(), error.path("Cause").asText()))
            : Optional.empty());
  }

  /** {@return the steps that must have ended, in their order} */
  List<String> steps() {
    return onnx ? List.of("package") : List.of("train", "package");
  }
}
