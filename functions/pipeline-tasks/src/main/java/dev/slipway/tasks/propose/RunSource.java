package dev.slipway.tasks.propose;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.release.DatasetSequence;
import dev.slipway.tasks.run.RunFiles;
import dev.slipway.tasks.run.TaskException;
import dev.slipway.tasks.run.TaskJson;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * Which data a run was made of, as intake wrote it down.
 *
 * @param bucket of the data
 * @param key of the data
 * @param age which version, and how new it is
 * @param describedAt when the present try began; what a step said before that is an earlier try's
 */
record RunSource(String bucket, String key, DatasetSequence age, Instant describedAt) {
  /**
   * {@return the source that {@code run.json} names}
   *
   * @throws TaskException when it is damaged
   */
  static RunSource read(byte[] utf8, RunFiles run) {
    try {
      JsonNode description = TaskJson.read(utf8, run.description());
      JsonNode source = description.path("source");
      return new RunSource(
          source.path("bucket").asText(),
          source.path("key").asText(),
          new DatasetSequence(
              Instant.parse(source.path("lastModified").asText()),
              source.path("versionId").asText()),
          Instant.parse(description.path("describedAt").asText(Instant.EPOCH.toString())));
    } catch (DateTimeParseException | IllegalArgumentException damaged) {
      throw new TaskException(
          "RUN_DAMAGED: %s cannot be read: %s".formatted(run.uri(), damaged.getMessage()), damaged);
    }
  }
}
