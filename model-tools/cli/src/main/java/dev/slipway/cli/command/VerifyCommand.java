package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import dev.slipway.pipeline.offline.OfflinePipeline;
import dev.slipway.runtime.RuntimeOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "verify",
    description = {
      "Check a bundle: every file against its digest, every golden request against its answer.",
      "Ends with 1 and names what is wrong."
    },
    footer = {"", "Example:", "  ./slipway verify .slipway/models/my-model/bundle"})
final class VerifyCommand implements Callable<Integer> {
  @ParentCommand private SlipwayCommand parent;

  @Mixin private JsonOption options;

  @Parameters(index = "0", paramLabel = "BUNDLE", description = "A bundle's folder.")
  private Path bundle = Path.of("");

  @Override
  public Integer call() {
    CommandContext context = parent.context();
    List<String> problems = OfflinePipeline.verify(bundle, RuntimeOptions.of(System.getenv()));
    if (options.json()) {
      context.console().printJson(Map.of("problems", problems));
    } else {
      problems.forEach(context.console()::print);
      context
          .console()
          .print(
              problems.isEmpty()
                  ? "The bundle is whole and answers as packed."
                  : problems.size() + " problems");
    }
    return problems.isEmpty() ? 0 : 1;
  }
}
