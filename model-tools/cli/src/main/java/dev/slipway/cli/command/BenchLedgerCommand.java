package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.aws.AwsClients;
import dev.slipway.cli.bench.LongLedgerBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "ledger",
    description = {
      "Write a long release ledger into a bucket of its own, and measure how long a reader that",
      "knows nothing needs for the model's state. The local AWS must be up."
    },
    footer = {"", "Example:", "  ./slipway bench ledger --entries 10000"})
final class BenchLedgerCommand implements Callable<Integer> {
  /** The state of a model with 10,000 entries is read in under a second. */
  private static final double LIMIT_MILLIS = 1000;

  @ParentCommand private BenchCommand parent;

  @Mixin private JsonOption options;

  @Spec private CommandSpec spec;

  @Option(
      names = "--entries",
      paramLabel = "N",
      description = "Length of the ledger, 1 to 1000000; default ${DEFAULT-VALUE}.")
  private int entries = 10_019;

  @Option(
      names = "--reads",
      paramLabel = "N",
      description = "How often it is read, 1 to 1000; default ${DEFAULT-VALUE}.")
  private int reads = 20;

  @Override
  public Integer call() {
    OptionRange.require(spec, "--entries", entries, 1_000_000);
    OptionRange.require(spec, "--reads", reads, 1000);
    CommandContext context = parent.context();
    try (AwsClients clients = AwsClients.local(context.workspace())) {
      LongLedgerBench.Report report = new LongLedgerBench(clients.s3()).run(entries, reads);
      if (options.json()) {
        context.console().printJson(report);
      } else {
        context
            .console()
            .print(
                "state of %d entries, %d reads, milliseconds: median %.0f, %.0f to %.0f"
                    .formatted(
                        report.entries(),
                        reads,
                        report.milliseconds().median(),
                        report.milliseconds().min(),
                        report.milliseconds().max()));
      }
      return report.milliseconds().median() < LIMIT_MILLIS ? 0 : 1;
    }
  }
}
