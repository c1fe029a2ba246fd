package dev.slipway.cli.bench;

import dev.slipway.cli.Pause;
import dev.slipway.cli.Refusal;
import dev.slipway.cli.Workspace;
import dev.slipway.cli.aws.AwsClients;
import dev.slipway.cli.aws.ModelStatus;
import dev.slipway.cli.aws.RunStatus;
import dev.slipway.cli.aws.Stacks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Uploads other data for a model that serves and waits until what it trains serves instead. */
final class SecondUpload {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final double NANOS = 1e9;

  private SecondUpload() {}

  /**
   * Seconds since the upload began.
   *
   * @param proposed when its pipeline run had ended
   * @param live when the new version had all traffic
   */
  record Times(double proposed, double live) {}

  static Times measure(Workspace workspace, ChildCommand commands, String model, Path data) {
    try (AwsClients clients = AwsClients.local(workspace)) {
      Map<String, Map<String, String>> outputs = new Stacks(clients.cloudFormation()).outputs();
      ModelStatus before = ModelStatus.read(workspace, clients, outputs, model);
      long started = System.nanoTime();
      commands.run("upload", model, data.toString());
      Optional<Double> proposed = Optional.empty();
      while (secondsSince(started) < PATIENCE.toSeconds()) {
        Pause.of(LOOK_EVERY, "measuring");
        ModelStatus now = ModelStatus.read(workspace, clients, outputs, model);
        refuseFailure(before, now);
        if (proposed.isEmpty() && isOther(before, now) && ended(now)) {
          proposed = Optional.of(secondsSince(started));
        }
        if (proposed.isPresent() && isLive(before, now)) {
          return new Times(proposed.get(), secondsSince(started));
        }
      }
      throw new Refusal(
          "BENCH_FAILED", "the second upload was not live after " + PATIENCE.toMinutes() + " min");
    }
  }

  private static boolean isOther(ModelStatus before, ModelStatus now) {
    return !now.run().map(RunStatus::runId).equals(before.run().map(RunStatus::runId));
  }

  private static boolean ended(ModelStatus now) {
    return now.run().map(RunStatus::ended).orElse(false);
  }

  private static boolean isLive(ModelStatus before, ModelStatus now) {
    return !now.ledger().busy()
        && !now.ledger().liveVersion().equals(before.ledger().liveVersion());
  }

  private static void refuseFailure(ModelStatus before, ModelStatus now) {
    if (!isOther(before, now)) {
      return;
    }
    now.run()
        .flatMap(RunStatus::failure)
        .ifPresent(step -> {
          throw new Refusal(
              "BENCH_FAILED",
              "the second upload ended at %s: %s".formatted(step.name(), step.reasons()));
        });
  }

  private static double secondsSince(long started) {
    return (System.nanoTime() - started) / NANOS;
  }
}
