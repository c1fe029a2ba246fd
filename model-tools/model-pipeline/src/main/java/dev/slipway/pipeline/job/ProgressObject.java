package dev.slipway.pipeline.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.pipeline.ObjectStore;
import dev.slipway.pipeline.Progress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes how far a step is into the registry, at most once a second, where the command line reads
 * it. Confined to one thread.
 */
final class ProgressObject implements Progress {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);

  private final ObjectStore store;
  private final RunDescription run;
  private final String step;
  private final Clock clock;
  private final Optional<String> note;
  private Instant last = Instant.EPOCH;

  ProgressObject(
      ObjectStore store, RunDescription run, String step, Clock clock, Optional<String> note) {
    this.store = store;
    this.run = run;
    this.step = step;
    this.clock = clock;
    this.note = note;
  }

  @Override
  public void report(int percent, String message) {
    Instant now = clock.instant();
    if (now.isBefore(last.plus(LEAST_PAUSE))) {
      return;
    }
    last = now;
    ObjectNode json =
        JSON.createObjectNode()
            .put("step", step)
            .put("state", "RUNNING")
            .put("percent", percent)
            .put("message", message)
            .put("updatedAt", now.toString());
    note.ifPresent(text -> json.put("note", text));
    store.write(
        run.registry(),
        run.objectKey(step + "-progress.json"),
        json.toString().getBytes(StandardCharsets.UTF_8));
  }
}
