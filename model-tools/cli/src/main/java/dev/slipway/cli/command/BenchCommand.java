package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "bench",
    description = "Measure Slipway on this machine; the figures of the README come from here.",
    subcommands = {
      BenchJudgeCommand.class,
      BenchLedgerCommand.class,
      BenchQuantizeCommand.class,
      BenchRollbackCommand.class,
      BenchUpCommand.class
    })
final class BenchCommand implements Runnable {
  @ParentCommand private SlipwayCommand parent;

  @Mixin private HelpOption unusedHelp;

  @Spec private CommandSpec spec;

  CommandContext context() {
    return parent.context();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name what to measure");
  }
}
