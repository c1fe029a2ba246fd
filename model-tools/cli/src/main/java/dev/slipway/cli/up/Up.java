package dev.slipway.cli.up;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.local.KnownModels;
import dev.slipway.cli.local.ModelFolder;
import dev.slipway.cli.print.Console;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The recipe of {@code slipway up}: the steps in order, timed. */
public final class Up {
  private static final List<UpStep> STEPS =
      List.of(
          new PrepareLocalAws(),
          new StartLocalAws(),
          new DeployStacks(),
          new RestoreObjects(),
          new ReopenLedgers(),
          new FeedModels(),
          new AwaitReleases(),
          new AskForPrediction());

  private Up() {}

  /** One step as it went. */
  public record Phase(String title, Duration took, String outcome) {}

  /** What an {@code up} did, and how each model is called. */
  public record Outcome(List<Phase> phases, List<FirstCall> calls) {
    public Outcome {
      phases = List.copyOf(phases);
      calls = List.copyOf(calls);
    }
  }

  /** Brings the local system to where every model serves; refuses with what to do otherwise. */
  public static Outcome run(CommandContext context, List<Path> folders) {
    KnownModels known = new KnownModels(context.workspace());
    List<ModelFolder> models = known.with(folders);
    Console console = context.console();
    List<Phase> phases = new ArrayList<>();
    try (UpState state = new UpState(context, models)) {
      for (UpStep step : STEPS) {
        console.progress("» " + step.title());
        long started = System.nanoTime();
        String outcome = step.run(state);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        phases.add(new Phase(step.title(), took, outcome));
        console.progress("  %s (%.1f s)".formatted(outcome, took.toMillis() / 1000.0));
      }
      known.keep(models);
      List<FirstCall> calls =
          models.stream().map(model -> FirstCall.of(state, model.name())).toList();
      return new Outcome(phases, calls);
    }
  }
}
