package dev.slipway.cli.command;

import picocli.CommandLine.Option;

/** {@code --help} of a command that has no JSON form. */
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  boolean help() {
    return help;
  }
}
