package dev.slipway.cli.up;

import dev.slipway.cli.Pause;
import dev.slipway.cli.Refusal;
import dev.slipway.cli.aws.LedgerView;
import dev.slipway.cli.aws.RunStatus;
import dev.slipway.cli.local.ModelFolder;
import dev.slipway.cli.print.RunLines;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Waits until every model serves, showing each step of its run and of its release as it happens.
 */
final class AwaitReleases implements UpStep {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  @Override
  public String title() {
    return "train, package, release";
  }

  @Override
  public String run(UpState state) {
    Map<String, Map<String, String>> outputs = state.outputs();
    List<String> live = new ArrayList<>();
    for (ModelFolder model : state.models()) {
      live.add(model.name() + " version " + await(state, outputs, model.name()));
    }
    return String.join(", ", live) + " live";
  }

  private static int await(UpState state, Map<String, Map<String, String>> outputs, String model) {
    RunLines lines = new RunLines(state.console(), model);
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      Optional<RunStatus> run = state.runs().latest(model);
      if (state.isSuperseded(model, run.map(RunStatus::runId))) {
        Pause.of(LOOK_EVERY, "waiting for the models");
        continue;
      }
      LedgerView ledger = LedgerView.read(state.clients(), outputs, model);
      lines.show(run, ledger);
      Optional<Integer> settled = settled(run, ledger);
      if (settled.isPresent()) {
        return settled.get();
      }
      refuseWhenEnded(model, run, ledger);
      Pause.of(LOOK_EVERY, "waiting for the models");
    }
    throw new Refusal(
        "MODEL_NOT_LIVE",
        "%s is not live after %d minutes. See ./slipway status and the log %s"
            .formatted(model, PATIENCE.toMinutes(), state.workspace().shown(state.script().log())));
  }

  private static Optional<Integer> settled(Optional<RunStatus> run, LedgerView ledger) {
    boolean quiet = run.map(RunStatus::ended).orElse(true) && !ledger.busy();
    return quiet && ledger.liveBundle().isPresent() ? ledger.liveVersion() : Optional.empty();
  }

  private static void refuseWhenEnded(String model, Optional<RunStatus> run, LedgerView ledger) {
    boolean running = run.map(found -> !found.ended()).orElse(false);
    if (running || ledger.busy() || ledger.liveBundle().isPresent()) {
      return;
    }
    run.flatMap(RunStatus::failure)
        .ifPresent(step -> {
          throw new Refusal(
              "RUN_" + step.outcome(),
              "%s: %s was %s: %s"
                  .formatted(
                      model,
                      step.name(),
                      step.outcome().toLowerCase(java.util.Locale.ROOT),
                      String.join("; ", step.reasons())));
        });
    ledger
        .lastFailure()
        .ifPresent(why -> {
          throw new Refusal("RELEASE_ENDED", model + ": " + why);
        });
  }
}
