package dev.slipway.tasks.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.release.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How one step of a run ended: the file {@code <step>-result.json}.
 *
 * @param step intake, train, package or propose
 * @param outcome how
 * @param reasons why, unless it is done
 * @param startedAt when this attempt began
 * @param endedAt when it ended
 * @param bundleDigest the bundle it made or proposed, if it did
 * @param facts numbers and texts for people
 */
public record StepResult(
    String step,
    Outcome outcome,
    List<Reason> reasons,
    Instant startedAt,
    Instant endedAt,
    Optional<String> bundleDigest,
    JsonNode facts) {
  /** Keeps a copy of the reasons. */
  public StepResult {
    reasons = List.copyOf(reasons);
  }

  /** How a step ended. */
  public enum Outcome {
    /** It did its work. */
    DONE,
    /** Data or model are not good enough; the same input is refused again. */
    REFUSED,
    /** It broke; the same input may pass another time. */
    FAILED
  }

  /** {@return the file's content} */
  public ObjectNode toJson() {
    ObjectNode json = TaskJson.object().put("step", step).put("outcome", outcome.name());
    ArrayNode list = json.putArray("reasons");
    reasons.forEach(
        reason -> list.addObject().put("code", reason.code()).put("message", reason.message()));
    json.put("startedAt", startedAt.toString()).put("endedAt", endedAt.toString());
    bundleDigest.ifPresent(digest -> json.put("bundleDigest", digest));
    json.set("facts", facts);
    return json;
  }

  /**
   * {@return what a file holds}
   *
   * @throws IllegalArgumentException when it is not a result
   */
  public static StepResult read(byte[] utf8, String key) {
    ObjectNode json = TaskJson.read(utf8, key);
    List<Reason> reasons = new ArrayList<>();
    for (JsonNode reason : json.path("reasons")) {
      reasons.add(new Reason(code(reason), reason.path("message").asText()));
    }
    return new StepResult(
        json.path("step").asText(),
        outcome(json, key),
        reasons,
        time(json, "startedAt"),
        time(json, "endedAt"),
        Optional.of(json.path("bundleDigest").asText("")).filter(digest -> !digest.isEmpty()),
        json.path("facts"));
  }

  private static Outcome outcome(JsonNode json, String key) {
    String word = json.path("outcome").asText();
    for (Outcome outcome : Outcome.values()) {
      if (outcome.name().equals(word)) {
        return outcome;
      }
    }
    throw new IllegalArgumentException(
        "JSON_INVALID: %s has outcome \"%s\", expected DONE, REFUSED or FAILED"
            .formatted(key, word));
  }

  /** A code that cannot be counted is made one, so that a reason is never lost. */
  private static String code(JsonNode reason) {
    String code =
        reason.path("code").asText().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
    return code.matches("[A-Z][A-Z0-9_]*") ? code : "UNKNOWN_REASON";
  }

  private static Instant time(JsonNode json, String field) {
    String text = json.path(field).asText();
    return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
  }
}
