package dev.slipway.cli.command;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "rollback",
    description = "Move all traffic back to an earlier good version, now.",
    footer = {
      "",
      "Example:",
      "  ./slipway rollback breast-cancer --reason \"wrong answers for new patients\""
    })
final class RollbackCommand extends OperatorCommand {
  @Option(
      names = {"-v", "--version"},
      paramLabel = "N",
      description = "Version to go back to; default: the last good one before.")
  private int version;

  RollbackCommand() {
    super("rollback");
  }

  @Override
  Map<String, String> details() {
    return version == 0 ? Map.of() : Map.of("version", String.valueOf(version));
  }
}
