package dev.slipway.cli.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.Refusal;
import java.util.Map;

/** The sample requests that travel with a bundle, with the answers that they must get. */
public final class GoldenRequests {
  private GoldenRequests() {}

  /**
   * One golden request.
   *
   * @param body an infer request, as JSON
   * @param answer the outputs that the model must give
   */
  public record Golden(String body, JsonNode answer) {}

  /** {@return the first golden request of the bundle that {@code model} serves} */
  public static Golden first(
      AwsClients clients, Map<String, Map<String, String>> outputs, String model) {
    String digest =
        LedgerView.read(clients, outputs, model)
            .liveBundle()
            .orElseThrow(() ->
                new Refusal(
                    "NOTHING_LIVE",
                    "no model of '%s' is live yet, so there is no golden request to send; see ./slipway status"
                        .formatted(model)));
    JsonObjects registry =
        new JsonObjects(clients.s3(), Stacks.baseOutput(outputs, "RegistryBucket"));
    String key = "bundles/%s/%s/golden.json".formatted(model, digest);
    JsonNode golden =
        registry
            .read(key)
            .orElseThrow(
                () -> new Refusal("GOLDEN_MISSING", key + " is not in the registry bucket"));
    JsonNode first = golden.path("cases").path(0);
    return new Golden(first.path("request").toString(), first.path("outputs"));
  }
}
