package dev.slipway.cli.command;

import picocli.CommandLine.Option;

/** {@code --json} and {@code --help}, the same on every command that answers. */
final class JsonOption {
  @Option(names = "--json", description = "Answer as one JSON document on standard output.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  boolean json() {
    return json;
  }

  boolean help() {
    return help;
  }
}
