package dev.slipway.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "abort",
    description = "Stop the release under way; what it has of the traffic goes back.",
    footer = {
      "",
      "Example:",
      "  ./slipway abort breast-cancer --reason \"trained on the wrong month\""
    })
final class AbortCommand extends OperatorCommand {
  AbortCommand() {
    super("abort");
  }
}
