package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cli.CommandContext;
import dev.slipway.cli.Refusal;
import dev.slipway.cli.local.Cdk;
import dev.slipway.cli.local.KnownModels;
import dev.slipway.cli.local.LaunchScript;
import dev.slipway.cli.local.ModelFolder;
import dev.slipway.cli.local.Toolbox;
import java.io.IOException;
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
    },
    footer = {
      "",
      "Examples:",
      "  ./slipway deploy --dry-run",
      "  ./slipway deploy my-model --job-image 123456789012.dkr.ecr.eu-west-1.amazonaws.com/jobs:1"
    })
final class DeployCommand implements Callable<Integer> {
  @ParentCommand private SlipwayCommand parent;

  @Mixin private JsonOption options;

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
    List<ModelFolder> models = new KnownModels(context.workspace()).with(folders);
    if (dryRun) {
      List<String> said = cdk.run(arguments("diff", models));
      answer(context, Map.of("action", "diff", "difference", said));
    } else {
      Path outputs = context.workspace().home().resolve("logs").resolve("deploy-outputs.json");
      List<String> arguments = arguments("deploy", models);
      arguments.addAll(
          List.of("--all", "--require-approval", "never", "--outputs-file", outputs.toString()));
      cdk.run(arguments);
      answer(context, Map.of("action", "deploy", "stacks", read(outputs)));
    }
    return 0;
  }

  private void answer(CommandContext context, Map<String, Object> answer) {
    if (options.json()) {
      context.console().printJson(answer);
    }
  }

  private static JsonNode read(Path outputs) {
    try {
      return new ObjectMapper().readTree(outputs.toFile());
    } catch (IOException unreadable) {
      throw new Refusal(
          "OUTPUTS_UNREADABLE",
          "the stacks are deployed, but their outputs can't be read from " + outputs,
          unreadable);
    }
  }

  private List<String> arguments(String verb, List<ModelFolder> models) {
    List<String> arguments = new ArrayList<>(List.of(verb, "--no-notices"));
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
