package dev.slipway.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "resume",
    description = "Let releases go on after a pause, or after DEGRADED.",
    footer = {"", "Example:", "  ./slipway resume breast-cancer --reason \"database has moved\""})
final class ResumeCommand extends OperatorCommand {
  ResumeCommand() {
    super("resume");
  }
}
