package dev.slipway.tasks.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.tasks.run.TaskJson;
import java.util.Optional;

/**
 * What EventBridge says about a new object. Only a hint: everything but the place is asked of the
 * store again.
 *
 * @param bucket where
 * @param key which
 * @param versionId which version; empty when the event does not say
 * @param restart whether the sender knows that no execution is left (the local AWS began anew)
 */
public record DatasetEvent(String bucket, String key, Optional<String> versionId, boolean restart) {
  private static final String EXPECTED =
      "; expected an event \"Object Created\" of aws.s3 with detail.bucket.name and"
          + " detail.object.key";

  /**
   * {@return the event}
   *
   * @throws IllegalArgumentException when it is none, saying what is missing
   */
  public static DatasetEvent read(byte[] utf8) {
    JsonNode event = TaskJson.read(utf8, "the event");
    String kind = event.path("detail-type").asText();
    if (!kind.equals("Object Created")) {
      throw new IllegalArgumentException(
          "EVENT_INVALID: detail-type is \"" + kind + "\"" + EXPECTED);
    }
    String bucket = event.path("detail").path("bucket").path("name").asText();
    JsonNode object = event.path("detail").path("object");
    String key = object.path("key").asText();
    if (bucket.isEmpty() || key.isEmpty()) {
      throw new IllegalArgumentException("EVENT_INVALID: the event names no object" + EXPECTED);
    }
    String version = object.path("version-id").asText();
    return new DatasetEvent(
        bucket,
        key,
        Optional.of(version).filter(text -> !text.isEmpty()),
        event.path("detail").path("restart").asBoolean());
  }
}
