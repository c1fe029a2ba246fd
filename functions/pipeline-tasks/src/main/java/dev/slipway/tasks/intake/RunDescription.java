package dev.slipway.tasks.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.spec.ModelSpec;
import dev.slipway.tasks.run.RunFiles;
import dev.slipway.tasks.run.StoredObject;
import dev.slipway.tasks.run.TaskJson;
import java.time.Instant;
import java.util.Optional;

/** Writes {@code run.json}, all that the jobs know about their run. */
final class RunDescription {
  private static final int FORMAT_VERSION = 1;

  private RunDescription() {}

  /**
   * {@return the description}
   *
   * @param describedAt when this try was looked at; results of a step before that are an earlier
   *     try's
   */
  static ObjectNode of(
      RunFiles run,
      StoredObject source,
      boolean onnx,
      FilesBeside beside,
      ModelSpec spec,
      Optional<String> liveBundle,
      Instant describedAt) {
    ObjectNode json =
        TaskJson.object()
            .put("formatVersion", FORMAT_VERSION)
            .put("runId", run.runId())
            .put("model", run.model())
            .put("describedAt", describedAt.toString());
    json.putObject("source")
        .put("bucket", source.bucket())
        .put("key", source.key())
        .put("versionId", source.versionId())
        .put("lastModified", source.lastModified().toString())
        .put("size", source.size());
    json.put("kind", kind(onnx)).put("registry", run.registry());
    beside.write(json);
    json.set("spec", TaskJson.read(spec.toJson(), "the specification"));
    liveBundle.ifPresent(digest -> json.put("liveBundle", digest));
    return json;
  }

  /** {@return the input of the run's execution; equal runs have equal inputs} */
  static String executionInput(RunFiles run, boolean onnx) {
    return TaskJson.object()
        .put("model", run.model())
        .put("runId", run.runId())
        .put("run", run.uri())
        .put("kind", kind(onnx))
        .toString();
  }

  private static String kind(boolean onnx) {
    return onnx ? "onnx" : "dataset";
  }
}
