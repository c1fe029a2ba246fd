package dev.slipway.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.CommandContext;
import dev.slipway.cli.Workspace;
import dev.slipway.cli.aws.AwsClients;
import dev.slipway.cli.aws.JsonObjects;
import dev.slipway.cli.aws.LambdaCalls;
import dev.slipway.cli.aws.ReleaseController;
import dev.slipway.cli.aws.Runs;
import dev.slipway.cli.aws.Stacks;
import dev.slipway.cli.local.LaunchScript;
import dev.slipway.cli.local.ModelFolder;
import dev.slipway.cli.local.Plugin;
import dev.slipway.cli.local.RestartMark;
import dev.slipway.cli.print.Console;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the steps of one {@code up} share. Confined to one thread; closes its clients. */
final class UpState implements AutoCloseable {
  private final CommandContext context;
  private final List<ModelFolder> models;
  private final AwsClients clients;
  private final Plugin plugin;
  private final RestartMark restart;
  private final Map<String, String> superseded = new HashMap<>();
  private final Map<String, String> unfinished = new HashMap<>();

  UpState(CommandContext context, List<ModelFolder> models) {
    this.context = context;
    this.models = List.copyOf(models);
    this.clients = AwsClients.local(context.workspace());
    this.plugin = new Plugin(context.workspace().endpoint());
    this.restart = new RestartMark(context.workspace());
  }

  Workspace workspace() {
    return context.workspace();
  }

  Console console() {
    return context.console();
  }

  List<ModelFolder> models() {
    return models;
  }

  AwsClients clients() {
    return clients;
  }

  Plugin plugin() {
    return plugin;
  }

  LaunchScript script() {
    return new LaunchScript(context.workspace());
  }

  /** {@return whether the local AWS was started empty and what was kept is not all back yet} */
  boolean freshStart() {
    return restart.isSet();
  }

  void startedFresh() {
    restart.set();
  }

  void restored() {
    restart.clear();
  }

  /** Remembers that the release of a run was in flight when the local AWS ended. */
  void releaseCutShort(String model, String runId) {
    unfinished.put(model, runId);
  }

  /** {@return the run of {@code model} whose release was cut short} */
  Optional<String> releaseCutShort(String model) {
    return Optional.ofNullable(unfinished.get(model));
  }

  /** Proposes what a run of before the restart has made, without making it again. */
  JsonNode proposeAgain(String model, String runId) {
    String key = "runs/%s/%s/run.json".formatted(model, runId);
    String kind =
        registry().read(key).map(run -> run.path("kind").asText("dataset")).orElse("dataset");
    ObjectNode input =
        JsonNodeFactory.instance
            .objectNode()
            .put("model", model)
            .put("runId", runId)
            .put("run", "s3://%s/%s".formatted(registryBucket(), key))
            .put("kind", kind);
    return LambdaCalls.invoke(
        clients.lambda(), Stacks.baseOutput(outputs(), "ProposeFunction"), input);
  }

  /** Remembers that a run other than {@code known} has been asked for. */
  void askedForRun(String model, Optional<String> known) {
    superseded.put(model, known.orElse(""));
  }

  /** {@return whether a run is the one that was there before another one was asked for} */
  boolean isSuperseded(String model, Optional<String> run) {
    return superseded.containsKey(model) && superseded.get(model).equals(run.orElse(""));
  }

  Map<String, Map<String, String>> outputs() {
    return new Stacks(clients.cloudFormation()).outputs();
  }

  Runs runs() {
    return new Runs(registry());
  }

  JsonObjects registry() {
    return new JsonObjects(clients.s3(), registryBucket());
  }

  private String registryBucket() {
    return Stacks.baseOutput(outputs(), "RegistryBucket");
  }

  ReleaseController controller() {
    return new ReleaseController(
        clients.lambda(), Stacks.baseOutput(outputs(), "ReconcileFunction"));
  }

  JsonNode invokeIntake(JsonNode event) {
    return LambdaCalls.invoke(
        clients.lambda(), Stacks.baseOutput(outputs(), "IntakeFunction"), event);
  }

  @Override
  public void close() {
    plugin.close();
    clients.close();
  }
}
