package dev.slipway.pipeline.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.pipeline.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a step of a run ended, as {@code <step>-result.json} says it.
 *
 * @param step {@code train} or {@code package}
 * @param outcome how it ended
 * @param reasons why it was refused or failed; empty when it is done
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param bundleDigest the bundle it made, if it made one
 * @param facts what a person wants to know of it
 */
public record StepResult(
    String step,
    Outcome outcome,
    List<Reason> reasons,
    Instant startedAt,
    Instant endedAt,
    Optional<String> bundleDigest,
    Map<String, Object> facts) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How a step ends. */
  public enum Outcome {
    /** The next step may begin. */
    DONE,
    /** Data, settings or the gate speak against it; the same run would be refused again. */
    REFUSED,
    /** The program failed; the same run may go well another time. */
    FAILED
  }

  /** Keeps copies. */
  public StepResult {
    reasons = List.copyOf(reasons);
    facts = Map.copyOf(facts);
  }

  /** {@return the JSON form} */
  public byte[] toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("step", step);
    json.put("outcome", outcome.name());
    json.put("reasons", reasons);
    json.put("startedAt", startedAt.toString());
    json.put("endedAt", endedAt.toString());
    bundleDigest.ifPresent(digest -> json.put("bundleDigest", digest));
    json.put("facts", facts);
    try {
      return JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a result has no JSON form", impossible);
    }
  }
}
