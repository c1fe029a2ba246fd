package dev.slipway.pipeline.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.spec.ModelSpec;
import dev.slipway.spec.UploadFile;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One pipeline run as intake described it in {@code run.json}.
 *
 * @param runId first 32 hex digits of the digest of (bucket, key, versionId)
 * @param model the model's name
 * @param bucket where the data lies
 * @param key the data's key
 * @param versionId the one version that this run is about
 * @param uploaded whether the object is a finished model
 * @param beside the versions of what lay beside a finished model
 * @param registry bucket of runs and bundles
 * @param spec the model's specification
 * @param liveBundle digest of the bundle that serves; empty before the first
 */
public record RunDescription(
    String runId,
    String model,
    String bucket,
    String key,
    String versionId,
    boolean uploaded,
    Map<UploadFile, Beside> beside,
    String registry,
    ModelSpec spec,
    Optional<String> liveBundle) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A file beside a finished model, in the same bucket.
   *
   * @param key its key
   * @param versionId the version that this run takes
   */
  public record Beside(String key, String versionId) {}

  /** Keeps a copy of the files. */
  public RunDescription {
    beside = Map.copyOf(beside);
  }

  /** {@return the run in a {@code run.json}} */
  public static RunDescription read(byte[] json) {
    try {
      JsonNode run = JSON.readTree(json);
      JsonNode source = run.path("source");
      return new RunDescription(
          run.path("runId").asText(),
          run.path("model").asText(),
          source.path("bucket").asText(),
          source.path("key").asText(),
          source.path("versionId").asText(),
          run.path("kind").asText().equals("onnx"),
          beside(run.path("beside")),
          run.path("registry").asText(),
          ModelSpec.fromJson(run.path("spec").toString()),
          Optional.of(run.path("liveBundle").asText("")).filter(digest -> !digest.isEmpty()));
    } catch (IOException malformed) {
      throw new IllegalArgumentException(
          "run.json is no JSON: " + malformed.getMessage(), malformed);
    }
  }

  private static Map<UploadFile, Beside> beside(JsonNode files) {
    Map<UploadFile, Beside> beside = new EnumMap<>(UploadFile.class);
    for (UploadFile file : UploadFile.values()) {
      JsonNode found = files.path(file.name().toLowerCase(Locale.ROOT));
      if (found.isObject()) {
        beside.put(file, new Beside(found.path("key").asText(), found.path("versionId").asText()));
      }
    }
    return beside;
  }

  /** {@return the key of one of the run's objects in the registry} */
  public String objectKey(String name) {
    return "runs/%s/%s/%s".formatted(model, runId, name);
  }

  /** {@return the last part of the data's key} */
  public String fileName() {
    return key.substring(key.lastIndexOf('/') + 1);
  }
}
