package dev.slipway.cli.up;

import dev.slipway.cli.Refusal;
import dev.slipway.cli.aws.GoldenRequests;
import dev.slipway.cli.aws.InferenceClient;
import dev.slipway.cli.aws.ModelAddress;
import dev.slipway.cli.local.ModelFolder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Asks every model for one prediction over HTTP, as a client would. */
final class AskForPrediction implements UpStep {
  @Override
  public String title() {
    return "ask for a prediction";
  }

  @Override
  public String run(UpState state) {
    Map<String, Map<String, String>> outputs = state.outputs();
    try (InferenceClient client = new InferenceClient()) {
      for (ModelFolder model : state.models()) {
        ModelAddress address =
            ModelAddress.local(state.workspace(), state.clients(), outputs, model.name());
        String body = GoldenRequests.first(state.clients(), outputs, model.name()).body();
        InferenceClient.Reply reply = client.infer(address, body.getBytes(StandardCharsets.UTF_8));
        if (reply.status() != 200) {
          throw new Refusal(
              "PREDICTION_FAILED",
              "%s answered %d to its own golden request: %s. See ./slipway status"
                  .formatted(model.name(), reply.status(), reply.text()));
        }
      }
    }
    return "every model answered 200";
  }
}
