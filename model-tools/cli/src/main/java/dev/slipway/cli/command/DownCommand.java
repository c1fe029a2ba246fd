package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.local.LaunchScript;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "down",
    description = {
      "Stop the local AWS and every process it started.",
      "Datasets, bundles and the ledger stay on disk: the next up serves again without training."
    },
    footer = {"", "Example:", "  ./slipway down"})
final class DownCommand implements Callable<Integer> {
  @ParentCommand private SlipwayCommand parent;

  @Mixin private JsonOption options;

  @Override
  public Integer call() {
    CommandContext context = parent.context();
    new LaunchScript(context.workspace()).run("stop", Map.of());
    if (options.json()) {
      context.console().printJson(Map.of("running", false));
    } else {
      context.console().print("The local AWS is stopped. Start it again: ./slipway up");
    }
    return 0;
  }
}
