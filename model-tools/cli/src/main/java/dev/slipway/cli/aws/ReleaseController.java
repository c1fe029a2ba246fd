package dev.slipway.cli.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.Refusal;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Sends a person's commands to the release controller; nothing else moves traffic. */
public final class ReleaseController {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LambdaClient lambda;
  private final String function;

  public ReleaseController(LambdaClient lambda, String function) {
    this.lambda = lambda;
    this.function = function;
  }

  /** {@return the controller's answer to one operator command of the person at this machine} */
  public JsonNode command(String model, String command, String reason, ObjectNode details) {
    ObjectNode event = details.deepCopy();
    event
        .put("source", "operator")
        .put("model", model)
        .put("command", command)
        .put("reason", reason);
    if (!event.has("actor")) {
      event.put("actor", System.getProperty("user.name"));
    }
    return invoke(event);
  }

  /** {@return where a model stands now: the ledger, the alias, the alarms, the judge's verdict} */
  public JsonNode status(String model) {
    try {
      return command(model, "status", "-", JSON.createObjectNode());
    } catch (Refusal silent) {
      // The ledger tells the story without the controller too.
      return JSON.createObjectNode().put("unreadable", String.valueOf(silent.getMessage()));
    }
  }

  /** Looks at one model now instead of at the next tick. */
  public JsonNode reconcile(String model) {
    return invoke(JSON.createObjectNode().put("source", "release-loop").put("model", model));
  }

  /** Looks at every model now instead of at the next tick. */
  public JsonNode tick() {
    return invoke(JSON.createObjectNode().put("source", "tick"));
  }

  private JsonNode invoke(ObjectNode event) {
    return LambdaCalls.invoke(lambda, function, event);
  }
}
