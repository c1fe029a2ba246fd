package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.Pause;
import dev.slipway.cli.aws.AwsClients;
import dev.slipway.cli.aws.ModelStatus;
import dev.slipway.cli.aws.Stacks;
import dev.slipway.cli.local.Plugin;
import dev.slipway.cli.print.Console;
import dev.slipway.cli.print.StatusText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "status",
    description = "Say what runs here, which version of each model serves, and what is under way.",
    footer = {
      "",
      "Examples:",
      "  ./slipway status",
      "  ./slipway status --json      # with the endpoint and where to upload"
    })
final class StatusCommand implements Callable<Integer> {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  @ParentCommand private SlipwayCommand parent;

  @Mixin private JsonOption options;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on showing each step as it happens, until nothing is under way.")
  private boolean follow;

  @Override
  public Integer call() {
    CommandContext context = parent.context();
    try (Plugin plugin = new Plugin(context.workspace().endpoint())) {
      if (plugin.status().isEmpty()) {
        notRunning(context);
        return 0;
      }
    }
    try (AwsClients clients = AwsClients.local(context.workspace())) {
      List<ModelStatus> models = read(context, clients);
      if (options.json()) {
        context.console().printJson(json(context, models));
      } else {
        StatusText.print(context.console(), context.workspace().endpoint(), models);
      }
      if (follow) {
        follow(context, clients, models);
      }
    }
    return 0;
  }

  private void notRunning(CommandContext context) {
    if (options.json()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("running", false);
      answer.put("endpoint", context.workspace().endpoint().toString());
      answer.put("models", List.of());
      context.console().printJson(answer);
    } else {
      context.console().print("The local AWS is not running. Start it: ./slipway up");
    }
  }

  private static List<ModelStatus> read(CommandContext context, AwsClients clients) {
    Map<String, Map<String, String>> outputs = new Stacks(clients.cloudFormation()).outputs();
    List<ModelStatus> models = new ArrayList<>();
    for (String model : Stacks.models(outputs)) {
      models.add(ModelStatus.read(context.workspace(), clients, outputs, model));
    }
    return models;
  }

  private static Map<String, Object> json(CommandContext context, List<ModelStatus> models) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("running", true);
    answer.put("endpoint", context.workspace().endpoint().toString());
    answer.put("models", models.stream().map(ModelStatus::toJson).toList());
    return answer;
  }

  private static void follow(CommandContext context, AwsClients clients, List<ModelStatus> first) {
    Console console = context.console();
    StatusText.Changes changes = new StatusText.Changes(console);
    List<ModelStatus> models = first;
    while (models.stream().anyMatch(ModelStatus::busy)) {
      Pause.of(LOOK_EVERY, "following");
      models = read(context, clients);
      changes.show(models);
    }
  }
}
