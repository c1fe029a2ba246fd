package dev.slipway.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "unpin",
    description = "Let releases move the traffic again after a pin.",
    footer = {"", "Example:", "  ./slipway unpin breast-cancer --reason \"audit is over\""})
final class UnpinCommand extends OperatorCommand {
  UnpinCommand() {
    super("unpin");
  }
}
