package dev.slipway.inference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.slipway.inference.protocol.Answer;
import dev.slipway.inference.protocol.Outcome;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Makes one log line per request. A request that reached the model is counted per version in
 * CloudWatch's embedded metric format (CloudWatch User Guide, "Specification: Embedded metric
 * format"); these counts are the judge's evidence. One that did not says only what was refused: it
 * tells nothing about the version. No line holds anything that a client sent. Thread-safe.
 */
final class Counters {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String NAMESPACE = "Slipway";
  private static final String LATENCY = "WarmLatency";
  private static final List<String> COUNTS =
      List.of("Requests", "Failed", "Invalid", "Slow", "Cold");
  private static final double NANOS_PER_MILLI = 1e6;

  private final String model;
  private final String version;
  private final double budgetMillis;

  /**
   * Creates the counters of a version.
   *
   * @param model the model's name
   * @param version the function's version, a number or {@code $LATEST}
   * @param budgetMillis a warm request that takes longer counts as slow
   */
  Counters(String model, String version, double budgetMillis) {
    this.model = model;
    this.version = version;
    this.budgetMillis = budgetMillis;
  }

  /**
   * {@return the line, ending with a line feed}
   *
   * @param answer what was answered
   * @param nanos how long it took
   * @param cold whether it was this process's first request to the model
   * @param epochMillis when it ended
   */
  String line(Answer answer, long nanos, boolean cold, long epochMillis) {
    StringWriter text = new StringWriter();
    double millis = nanos / NANOS_PER_MILLI;
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      if (isEvidence(answer.outcome())) {
        evidence(json, answer.outcome(), millis, cold, epochMillis);
      }
      json.writeStringField("outcome", answer.outcome().name());
      json.writeNumberField("status", answer.reply().status());
      if (!answer.code().isEmpty()) {
        json.writeStringField("code", answer.code());
      }
      json.writeNumberField("millis", millis);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.append('\n').toString();
  }

  /** {@return whether the outcome says something about the version} */
  static boolean isEvidence(Outcome outcome) {
    return switch (outcome) {
      case ANSWERED, INVALID, FAILED -> true;
      case REFUSED, DESCRIBED -> false;
    };
  }

  private void evidence(
      JsonGenerator json, Outcome outcome, double millis, boolean cold, long epochMillis)
      throws IOException {
    json.writeObjectFieldStart("_aws");
    json.writeNumberField("Timestamp", epochMillis);
    json.writeArrayFieldStart("CloudWatchMetrics");
    json.writeStartObject();
    json.writeStringField("Namespace", NAMESPACE);
    json.writeArrayFieldStart("Dimensions");
    json.writeStartArray();
    json.writeString("Model");
    json.writeString("Version");
    json.writeEndArray();
    json.writeEndArray();
    json.writeArrayFieldStart("Metrics");
    for (String count : COUNTS) {
      metric(json, count, "Count");
    }
    if (!cold) {
      metric(json, LATENCY, "Milliseconds");
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeStringField("Model", model);
    json.writeStringField("Version", version);
    json.writeNumberField("Requests", 1);
    json.writeNumberField("Failed", outcome == Outcome.FAILED ? 1 : 0);
    json.writeNumberField("Invalid", outcome == Outcome.INVALID ? 1 : 0);
    json.writeNumberField("Slow", !cold && millis > budgetMillis ? 1 : 0);
    json.writeNumberField("Cold", cold ? 1 : 0);
    if (!cold) {
      json.writeNumberField(LATENCY, millis);
    }
  }

  private static void metric(JsonGenerator json, String name, String unit) throws IOException {
    json.writeStartObject();
    json.writeStringField("Name", name);
    json.writeStringField("Unit", unit);
    json.writeNumberField("StorageResolution", 1);
    json.writeEndObject();
  }
}
