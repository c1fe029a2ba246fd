package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.rollback.Candidate;
import dev.slipway.cli.rollback.RollbackBench;
import dev.slipway.cli.rollback.RollbackReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "rollback",
    description = {
      "Release versions that throw, answer NaN, are slow or have a wrong digest, under a client's load,",
      "and measure until the alias is back at the last good version. The system must be up."
    },
    footer = {"", "Example:", "  ./slipway bench rollback --runs 20"})
final class BenchRollbackCommand implements Callable<Integer> {
  @ParentCommand private BenchCommand parent;

  @Mixin private JsonOption options;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "How many bad releases; the kinds take turns. Default: ${DEFAULT-VALUE}.")
  private int runs = 20;

  @Option(
      names = "--kinds",
      split = ",",
      paramLabel = "KIND",
      description = "Which kinds: ${COMPLETION-CANDIDATES}. Default: the bad ones.")
  private List<Candidate> kinds = Candidate.bad();

  @Option(
      names = "--weight",
      paramLabel = "PERCENT",
      description = "The candidate's share of the traffic, 1 to 99. Default: ${DEFAULT-VALUE}.")
  private int weight = 20;

  @Option(names = "--model", paramLabel = "MODEL", description = "Default: ${DEFAULT-VALUE}.")
  private String model = "breast-cancer";

  @Override
  public Integer call() {
    CommandContext context = parent.context();
    List<Candidate> candidates = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      candidates.add(kinds.get(run % kinds.size()));
    }
    RollbackReport report =
        new RollbackBench(context, model, Math.clamp(weight, 1, 99)).run(candidates);
    if (options.json()) {
      context.console().printJson(report);
    } else {
      context
          .console()
          .print(
              "%d runs: back after p50 %.1f s, p99 %.1f s, max %.1f s; limit %d s = (M+1) periods of %d s"
                  .formatted(
                      report.trials().size(),
                      report.p50Seconds(),
                      report.p99Seconds(),
                      report.maxSeconds(),
                      report.limitSeconds(),
                      report.periodSeconds()));
    }
    return report.isGood() ? 0 : 1;
  }
}
