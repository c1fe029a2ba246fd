package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.bench.Machine;
import dev.slipway.cli.bench.UpBench;
import dev.slipway.cli.bench.UpRun;
import dev.slipway.cli.bench.UpTable;
import dev.slipway.cli.print.Console;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "up",
    description = {
      "Measure a whole local system from a built tree: up per phase, up again, a second upload, memory.",
      "It works in a system of its own, in the folder bench below SLIPWAY_HOME and on a free port; what",
      "runs already is left alone (and slows it down: stop it first for figures that count)."
    },
    footer = {"", "Example:", "  ./slipway bench up --runs 3"})
final class BenchUpCommand implements Callable<Integer> {
  private static final int MOST_RUNS = 100;

  @ParentCommand private BenchCommand parent;

  @Mixin private JsonOption options;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "How often, 1 to 100, each from nothing; default: 1.")
  private int runs = 1;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    OptionRange.require(spec, "--runs", runs, MOST_RUNS);
    CommandContext context = parent.context();
    Machine machine = Machine.read();
    List<UpRun> measured = new UpBench(context).run(runs);
    if (options.json()) {
      context.console().printJson(json(machine, measured));
    } else {
      print(context.console(), machine, measured);
    }
    return 0;
  }

  private static void print(Console console, Machine machine, List<UpRun> measured) {
    console.print(machine.line());
    console.print("Runs: " + measured.size());
    console.print("");
    UpTable.lines(measured).forEach(console::print);
  }

  private static Map<String, Object> json(Machine machine, List<UpRun> measured) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("machine", machine);
    answer.put("runs", UpBench.json(measured));
    return answer;
  }
}
