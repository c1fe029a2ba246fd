package dev.slipway.cli.print;

import dev.slipway.cli.aws.ModelStatus;
import dev.slipway.cli.aws.RunStatus;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The status as a person reads it. */
public final class StatusText {
  private StatusText() {}

  /** Prints all models. */
  public static void print(Console console, URI endpoint, List<ModelStatus> models) {
    console.print("Local AWS   " + endpoint);
    if (models.isEmpty()) {
      console.print("No model is deployed. Deploy the example: ./slipway up");
    }
    for (ModelStatus model : models) {
      console.print("");
      console.print("%-11s %s".formatted(model.address().model(), model.state()));
      console.print("  serves    " + model.ledger().liveName().orElse("nothing yet"));
      console.print("  url       " + model.address().url());
      console.print("  data      " + model.address().dataset());
      model.ledger().line().ifPresent(line -> console.print("  release   " + line));
      model.run().ifPresent(run -> printRun(console, run));
    }
  }

  private static void printRun(Console console, RunStatus run) {
    console.print("  run       %s, since %s".formatted(run.runId(), run.createdAt()));
    for (RunStatus.Step step : run.steps()) {
      console.print("            " + RunLines.line(step));
    }
  }

  /** Prints what has changed since the last look, one line each. */
  public static final class Changes {
    private final Console console;
    private final Map<String, RunLines> lines = new HashMap<>();

    public Changes(Console console) {
      this.console = console;
    }

    /** Prints what is new in {@code models}. */
    public void show(List<ModelStatus> models) {
      for (ModelStatus model : models) {
        String name = model.address().model();
        lines
            .computeIfAbsent(name, key -> new RunLines(console, key))
            .show(model.run(), model.ledger());
      }
    }
  }
}
