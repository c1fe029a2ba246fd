package dev.slipway.cli.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Reads the pipeline runs of a model from the registry bucket. */
public final class Runs {
  private static final List<String> STEPS = List.of("intake", "train", "package", "propose");

  private final JsonObjects registry;

  public Runs(JsonObjects registry) {
    this.registry = registry;
  }

  /** {@return the run taken up last, empty before the first} */
  public Optional<RunStatus> latest(String model) {
    String prefix = "runs/" + model + "/";
    Map<String, S3Object> firstObject = new HashMap<>();
    for (S3Object object : registry.list(prefix)) {
      String rest = object.key().substring(prefix.length());
      int slash = rest.indexOf('/');
      if (slash > 0) {
        firstObject.merge(rest.substring(0, slash), object, Runs::earlier);
      }
    }
    return firstObject.entrySet().stream()
        .max(Comparator.comparing(entry -> entry.getValue().lastModified()))
        .map(entry -> read(model, entry.getKey(), entry.getValue().lastModified().toString()));
  }

  private static S3Object earlier(S3Object one, S3Object other) {
    return one.lastModified().isAfter(other.lastModified()) ? other : one;
  }

  private RunStatus read(String model, String runId, String createdAt) {
    String prefix = "runs/" + model + "/" + runId + "/";
    String since =
        registry.read(prefix + "run.json").map(run -> run.path("describedAt").asText()).orElse("");
    List<RunStatus.Step> steps = new ArrayList<>();
    for (String step : STEPS) {
      registry
          .read(prefix + step + "-result.json")
          .filter(result -> isSince(since, result.path("endedAt").asText()))
          .map(result -> ended(step, result))
          .or(() ->
              registry
                  .read(prefix + step + "-progress.json")
                  .filter(now -> isSince(since, now.path("updatedAt").asText()))
                  .map(now -> running(step, now)))
          .ifPresent(steps::add);
    }
    return new RunStatus(runId, createdAt, steps);
  }

  /** What a step said before the present try began is an earlier try's. */
  private static boolean isSince(String start, String instant) {
    return start.isEmpty() || !Instant.parse(instant).isBefore(Instant.parse(start));
  }

  private static RunStatus.Step ended(String step, JsonNode result) {
    List<String> reasons = new ArrayList<>();
    for (JsonNode reason : result.path("reasons")) {
      reasons.add(reason.path("code").asText() + ": " + reason.path("message").asText());
    }
    return new RunStatus.Step(
        step,
        result.path("outcome").asText("FAILED"),
        Optional.empty(),
        result.path("facts").path("note").asText(),
        reasons);
  }

  /** What the step does now, and what is special about it. */
  private static String message(JsonNode progress) {
    String message = progress.path("message").asText();
    String note = progress.path("note").asText();
    return note.isEmpty() ? message : message + " (" + note + ")";
  }

  private static RunStatus.Step running(String step, JsonNode progress) {
    return new RunStatus.Step(
        step,
        "RUNNING",
        Optional.of(progress.path("percent").asInt()),
        message(progress),
        List.of());
  }
}
