package dev.slipway.cli.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
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

  /** {@return the controller's answer to one operator command} */
  public JsonNode command(String model, String command, Map<String, String> details) {
    ObjectNode event =
        JSON.createObjectNode()
            .put("source", "operator")
            .put("model", model)
            .put("command", command)
            .put("actor", System.getProperty("user.name"));
    details.forEach(event::put);
    return invoke(event);
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
