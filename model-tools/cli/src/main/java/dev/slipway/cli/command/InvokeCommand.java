package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.Refusal;
import dev.slipway.cli.aws.AwsClients;
import dev.slipway.cli.aws.GatewayEvent;
import dev.slipway.cli.aws.GoldenRequests;
import dev.slipway.cli.aws.InferenceClient;
import dev.slipway.cli.aws.ModelAddress;
import dev.slipway.cli.aws.Stacks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "invoke",
    description = {
      "Ask a model for a prediction over HTTP and print its answer.",
      "FILE is an infer request (Open Inference Protocol, JSON) or a sample event of events/api-gateway;",
      "without FILE the first golden request of the live bundle is sent."
    },
    footer = {
      "",
      "Examples:",
      "  ./slipway invoke breast-cancer",
      "  ./slipway invoke breast-cancer request.json"
    })
final class InvokeCommand implements Callable<Integer> {
  @ParentCommand private SlipwayCommand parent;

  @Mixin private JsonOption options;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Name of a deployed model.")
  private String model = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "Request to send.")
  private @Nullable Path file;

  @Override
  public Integer call() {
    CommandContext context = parent.context();
    try (AwsClients clients = AwsClients.local(context.workspace());
        InferenceClient client = new InferenceClient()) {
      Map<String, Map<String, String>> outputs = new Stacks(clients.cloudFormation()).outputs();
      ModelAddress address = ModelAddress.local(context.workspace(), clients, outputs, model);
      InferenceClient.Reply reply =
          Optional.ofNullable(file)
              .map(path -> send(client, address, path))
              .orElseGet(() ->
                  client.infer(
                      address,
                      GoldenRequests.first(clients, outputs, model)
                          .body()
                          .getBytes(StandardCharsets.UTF_8)));
      context.console().print(reply.text());
      if (!options.json()) {
        context.console().progress("HTTP " + reply.status());
      }
      return reply.status() < 400 ? 0 : 1;
    }
  }

  private static InferenceClient.Reply send(
      InferenceClient client, ModelAddress address, Path path) {
    byte[] request = read(path);
    return GatewayEvent.read(request)
        .map(event -> client.send(address, event))
        .orElseGet(() -> client.infer(address, request));
  }

  private static byte[] read(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException unreadable) {
      throw new Refusal(
          "FILE_UNREADABLE", path + " can't be read; expected a file with a request", unreadable);
    }
  }
}
