package dev.slipway.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "pause",
    description = "Stop forward moves: no new model gets more traffic; rollbacks still work.",
    footer = {
      "",
      "Example:",
      "  ./slipway pause breast-cancer --reason \"database moves tonight\""
    })
final class PauseCommand extends OperatorCommand {
  PauseCommand() {
    super("pause");
  }
}
