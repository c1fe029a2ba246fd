package dev.slipway.cli.command;

import dev.slipway.cli.print.Console;
import dev.slipway.release.ReleaseSettings;
import dev.slipway.release.judge.JudgeTable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "judge",
    description = {
      "Measure the judge of a canary in simulated ones: how often it rolls back a healthy candidate, and",
      "after how many of its requests a bad one; the rule \"back at the first error\" beside it.",
      "Seeded: the same seed gives the same table. Settings: the defaults of a release."
    },
    footer = {"", "Example:", "  ./slipway bench judge --runs 20000"})
final class BenchJudgeCommand implements Callable<Integer> {
  private static final int MOST_RUNS = 1_000_000;
  private static final double[] ERROR_RATES = {0.01, 0.05, 0.10, 0.50};

  @ParentCommand private BenchCommand parent;

  @Mixin private JsonOption options;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Canaries for each line, 1 to 1000000; default: 2000.")
  private int runs = 2000;

  @Option(
      names = "--weight",
      paramLabel = "PERCENT",
      description = "The candidate's share of the traffic, 1 to 99; default: 10.")
  private int weight = 10;

  @Option(names = "--seed", paramLabel = "S", description = "Of the simulation; default: 7.")
  private long seed = 7;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    OptionRange.require(spec, "--runs", runs, MOST_RUNS);
    OptionRange.require(spec, "--weight", weight, 99);
    Console console = parent.context().console();
    List<JudgeTable.Line> lines =
        new JudgeTable(ReleaseSettings.defaults(), weight, runs, seed).lines(ERROR_RATES);
    if (options.json()) {
      console.printJson(lines);
    } else {
      console.print("| rule | true error rate | rolled back, 95 % interval | median requests |");
      console.print("|---|---|---|---|");
      lines.forEach(line -> console.print(line.toString()));
    }
    return 0;
  }
}
