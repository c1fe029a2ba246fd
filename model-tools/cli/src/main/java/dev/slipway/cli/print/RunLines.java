package dev.slipway.cli.print;

import dev.slipway.cli.aws.LedgerView;
import dev.slipway.cli.aws.RunStatus;
import java.util.Optional;

/** Prints what has changed in a model's run and release since the last look. */
public final class RunLines {
  private final Console console;
  private final String model;
  private String lastStep = "";
  private String lastRelease = "";

  public RunLines(Console console, String model) {
    this.console = console;
    this.model = model;
  }

  /** Prints one line for each of run and release, if it says something new. */
  public void show(Optional<RunStatus> run, LedgerView ledger) {
    run.flatMap(found -> found.steps().stream().reduce((_, later) -> later))
        .map(RunLines::line)
        .filter(line -> !line.equals(lastStep))
        .ifPresent(line -> {
          lastStep = line;
          console.progress("    " + model + "  " + line);
        });
    ledger
        .line()
        .filter(line -> !line.equals(lastRelease))
        .ifPresent(line -> {
          lastRelease = line;
          console.progress("    " + model + "  release: " + line);
        });
  }

  /** {@return a step as one line} */
  public static String line(RunStatus.Step step) {
    String percent = step.percent().map(value -> " " + value + " %").orElse("");
    String message = step.message().isEmpty() ? "" : " " + step.message();
    String reasons = step.reasons().isEmpty() ? "" : " " + String.join("; ", step.reasons());
    return step.name() + ": " + step.outcome() + percent + message + reasons;
  }
}
