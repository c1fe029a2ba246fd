package dev.slipway.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "abort",
    description = "Stop the release under way; what it has of the traffic goes back.")
final class AbortCommand extends OperatorCommand {
  AbortCommand() {
    super("abort");
  }
}
