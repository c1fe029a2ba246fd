package dev.slipway.cli.command;

import picocli.CommandLine.Command;

@Command(name = "resume", description = "Let releases go on after a pause, or after DEGRADED.")
final class ResumeCommand extends OperatorCommand {
  ResumeCommand() {
    super("resume");
  }
}
