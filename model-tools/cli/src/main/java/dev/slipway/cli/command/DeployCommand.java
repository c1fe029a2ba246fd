package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.local.Cdk;
import dev.slipway.cli.local.KnownModels;
import dev.slipway.cli.local.LaunchScript;
import dev.slipway.cli.local.ModelFolder;
import dev.slipway.cli.local.Toolbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "deploy",
    description = {
      "Deploy to AWS with your own credentials: cdk deploy of the base stack and one stack per model.",
      "A deployment never moves traffic: changed code or settings become a release of their own."
    })
final class DeployCommand implements Callable<Integer> {
  @ParentCommand private SlipwayCommand parent;

  @Mixin private HelpOption unusedHelp;

  @Parameters(
      arity = "0..*",
      paramLabel = "DIR",
      description = "Folders of models; default: those that `up` knows, else the example.")
  private List<Path> folders = List.of();

  @Option(names = "--dry-run", description = "Synthesise and print the difference; change nothing.")
  private boolean dryRun;

  @Option(
      names = "--job-image",
      paramLabel = "URI",
      description = "Image of the training and packaging jobs, in a registry that Batch can read.")
  private String jobImage = "";

  @Option(
      names = {"-c", "--context"},
      paramLabel = "KEY=VALUE",
      description = "A CDK context value, as in cdk.json; may be repeated.")
  private Map<String, String> contextValues = Map.of();

  @Override
  public Integer call() {
    CommandContext context = parent.context();
    LaunchScript script = new LaunchScript(context.workspace());
    script.run("install", Map.of());
    Cdk cdk = Cdk.cloud(context.workspace(), context.console(), Toolbox.read(script));
    cdk.run(arguments(context).toArray(String[]::new));
    return 0;
  }

  private List<String> arguments(CommandContext context) {
    List<ModelFolder> models = new KnownModels(context.workspace()).with(folders);
    List<String> arguments = new ArrayList<>();
    arguments.add(dryRun ? "diff" : "deploy");
    if (!dryRun) {
      arguments.addAll(List.of("--all", "--require-approval", "never"));
    }
    arguments.add("--no-notices");
    add(
        arguments,
        "models",
        models.stream().map(model -> model.folder().toString()).collect(Collectors.joining(",")));
    if (!jobImage.isEmpty()) {
      add(arguments, "jobImage", jobImage);
    }
    contextValues.forEach((key, value) -> add(arguments, key, value));
    return arguments;
  }

  private static void add(List<String> arguments, String key, String value) {
    arguments.add("--context");
    arguments.add(key + "=" + value);
  }
}
