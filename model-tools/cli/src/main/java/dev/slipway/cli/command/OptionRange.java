package dev.slipway.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Refuses a number outside its range as wrong usage, instead of taking another one silently. */
final class OptionRange {
  private OptionRange() {}

  /** Refuses {@code value} unless it is 1 to {@code most}. */
  static void require(CommandSpec spec, String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new ParameterException(
          spec.commandLine(), "%s is %d; expected 1 to %d".formatted(option, value, most));
    }
  }
}
