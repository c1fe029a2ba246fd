package dev.slipway.tasks.propose;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.release.Reason;
import dev.slipway.tasks.propose.ProposeRequest.JobError;
import dev.slipway.tasks.run.TaskJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says in one sentence why a job broke, out of what Step Functions knows about it. */
final class JobFailure {
  private static final String CODE = "RUN_FAILED";
  private static final int MOST_CHARACTERS = 400;

  private JobFailure() {}

  /**
   * {@return the reason}
   *
   * @param step the first step without a result
   */
  static Reason of(String step, Optional<JobError> error) {
    return new Reason(
        CODE,
        error
                .map(value -> "the job of step " + step + " broke: " + describe(value))
                .orElse("step " + step + " left no result")
            + "; its log says more, upload the data again to try once more");
  }

  private static String describe(JobError error) {
    Optional<JsonNode> job = job(error.cause());
    if (job.isEmpty()) {
      return shortened(error.error() + " " + error.cause());
    }
    List<String> parts = new ArrayList<>();
    add(parts, "", job.get().path("StatusReason"));
    add(parts, "exit code ", job.get().path("Container").path("ExitCode"));
    add(parts, "", job.get().path("Container").path("Reason"));
    int attempts = job.get().path("Attempts").size();
    if (attempts > 1) {
      parts.add("after " + attempts + " attempts");
    }
    return parts.isEmpty() ? error.error() : shortened(String.join(", ", parts));
  }

  private static Optional<JsonNode> job(String cause) {
    if (!cause.startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Optional.of(TaskJson.read(cause, "the cause"));
    } catch (IllegalArgumentException _) {
      // A cause that was cut off is text like any other.
      return Optional.empty();
    }
  }

  private static void add(List<String> parts, String name, JsonNode value) {
    if (value.isValueNode() && !value.isNull() && !value.asText().isBlank()) {
      parts.add(name + value.asText());
    }
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "…";
  }
}
