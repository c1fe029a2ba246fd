package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.CommandContext;
import dev.slipway.cli.aws.AwsClients;
import dev.slipway.cli.aws.ReleaseController;
import dev.slipway.cli.aws.Stacks;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What the commands of the person on call share: model, reason, who; sent to the controller. */
abstract class OperatorCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String verb;

  @ParentCommand private SlipwayCommand parent;

  @Mixin private JsonOption options;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Name of a deployed model.")
  private String model = "";

  @Option(
      names = {"-r", "--reason"},
      required = true,
      paramLabel = "TEXT",
      description = "Why, for those who read the ledger later.")
  private String reason = "";

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "Who asks; default: your user name.")
  private String actor = System.getProperty("user.name");

  OperatorCommand(String verb) {
    this.verb = verb;
  }

  /** {@return what this command says besides model, reason and actor} */
  Map<String, String> details() {
    return Map.of();
  }

  @Override
  public final Integer call() {
    CommandContext context = parent.context();
    try (AwsClients clients = AwsClients.local(context.workspace())) {
      Map<String, Map<String, String>> outputs = new Stacks(clients.cloudFormation()).outputs();
      Stacks.modelOutput(outputs, model, "FunctionName");
      ObjectNode all = JSON.createObjectNode().put("actor", actor);
      details().forEach(all::put);
      JsonNode answer =
          new ReleaseController(clients.lambda(), Stacks.baseOutput(outputs, "ReconcileFunction"))
              .command(model, verb, reason, all);
      if (options.json()) {
        context.console().printJson(answer);
      } else {
        context.console().print(answer.path("message").asText(verb + ": done"));
        context.console().print("Watch it: ./slipway releases " + model + " --follow");
      }
      return answer.path("outcome").asText().equals("REFUSED") ? 1 : 0;
    }
  }
}
