package dev.slipway.cli.rollback;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.Pause;
import dev.slipway.cli.aws.AwsClients;
import dev.slipway.cli.aws.ModelAddress;
import dev.slipway.cli.aws.Stacks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Releases candidates one after the other under one client's load. Confined to one thread. */
public final class RollbackBench {
  private static final Duration BEFORE = Duration.ofSeconds(12);
  private static final int PER_SECOND = 20;

  private final CommandContext context;
  private final String model;
  private final int weightPercent;

  /**
   * A bench of one model that is up and serves.
   *
   * @param weightPercent the candidates' share of the traffic, 1 to 99
   */
  public RollbackBench(CommandContext context, String model, int weightPercent) {
    this.context = context;
    this.model = model;
    this.weightPercent = weightPercent;
  }

  /** {@return what was seen; what the stack wants is served again afterwards} */
  public RollbackReport run(List<Candidate> candidates) {
    try (AwsClients clients = AwsClients.local(context.workspace())) {
      Map<String, Map<String, String>> outputs = new Stacks(clients.cloudFormation()).outputs();
      ModelAddress address = ModelAddress.local(context.workspace(), clients, outputs, model);
      Releases releases = new Releases(clients, outputs, model);
      ServingWish wish = ServingWish.read(clients, model);
      String body = TwoRows.of(clients, outputs, model);
      try (SteadyLoad load = SteadyLoad.start(address, body, PER_SECOND)) {
        Pause.of(BEFORE, "waiting");
        Rehearsal rehearsal =
            new Rehearsal(
                releases, wish, load, new ChangedCode(context.workspace()), weightPercent);
        List<Trial> trials = new ArrayList<>();
        try {
          for (Candidate candidate : candidates) {
            Trial trial = rehearsal.release(candidate, trials.size());
            trials.add(trial);
            context.console().progress(line(trials.size(), trial));
          }
        } finally {
          wish.restore();
          releases.settle();
        }
        return RollbackReport.of(trials, wish.alarmPeriodSeconds());
      }
    }
  }

  private static String line(int number, Trial trial) {
    return "run %d  %-7s %-12s back after %5.1f s   %d of %d requests failed at %d %%   %s"
        .formatted(
            number,
            trial.candidate(),
            trial.ended(),
            trial.secondsToBack(),
            trial.failed(),
            trial.requests(),
            trial.weightPercent(),
            trial.isAsItMust() ? "as it must" : "NOT AS IT MUST");
  }
}
