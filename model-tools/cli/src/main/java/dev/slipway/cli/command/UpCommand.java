package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.print.Console;
import dev.slipway.cli.up.FirstCall;
import dev.slipway.cli.up.Up;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "up",
    description = {
      "Bring the whole system up on this machine: a local AWS, the stacks, a trained model that serves.",
      "Can be run again at any time: what is there already stays, what was interrupted goes on."
    },
    footer = {
      "",
      "Examples:",
      "  ./slipway up",
      "  ./slipway up my-model        # a folder with model.yaml and data.csv"
    })
final class UpCommand implements Callable<Integer> {
  @ParentCommand private SlipwayCommand parent;

  @Mixin private JsonOption options;

  @Parameters(
      arity = "0..*",
      paramLabel = "DIR",
      description =
          "Folders that each hold a model.yaml and its data; added to the models that are known. Default: the breast-cancer example.")
  private List<Path> folders = List.of();

  @Override
  public Integer call() {
    CommandContext context = parent.context();
    Up.Outcome outcome = Up.run(context, folders);
    if (options.json()) {
      context.console().printJson(json(outcome));
    } else {
      print(context.console(), outcome);
    }
    return 0;
  }

  private static void print(Console console, Up.Outcome outcome) {
    console.print("");
    for (Up.Phase phase : outcome.phases()) {
      console.print("%8.1f s  %-26s %s".formatted(seconds(phase), phase.title(), phase.outcome()));
    }
    for (FirstCall call : outcome.calls()) {
      console.print("");
      console.print(call.model() + " serves at " + call.url() + ". Ask it:");
      console.print("");
      console.print("  " + call.curl());
    }
    console.print("");
    console.print("Next: ./slipway status   ./slipway upload MODEL FILE   ./slipway down");
  }

  private static Map<String, Object> json(Up.Outcome outcome) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put(
        "phases",
        outcome.phases().stream()
            .map(phase ->
                Map.of(
                    "title", phase.title(),
                    "seconds", seconds(phase),
                    "outcome", phase.outcome()))
            .toList());
    answer.put("models", outcome.calls());
    return answer;
  }

  private static double seconds(Up.Phase phase) {
    return phase.took().toMillis() / 1000.0;
  }
}
