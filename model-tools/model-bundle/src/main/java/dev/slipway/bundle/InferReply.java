package dev.slipway.bundle;

import dev.slipway.bundle.json.JsonFields;
import dev.slipway.bundle.json.JsonSyntaxException;
import dev.slipway.bundle.json.JsonText;
import dev.slipway.bundle.json.JsonValue.TextValue;
import java.util.ArrayList;
import java.util.List;

/**
 * A reply to an infer request of the Open Inference Protocol v2, as a client reads it.
 *
 * @param modelVersion the version that answered; empty when the reply does not say
 * @param outputs the output tensors
 */
public record InferReply(String modelVersion, List<NamedTensor> outputs) {
  public InferReply {
    outputs = List.copyOf(outputs);
  }

  /**
   * {@return the reply in a JSON body}
   *
   * @param body the body of a reply with status 200
   * @throws JsonSyntaxException when the body is no such reply, with every problem
   */
  public static InferReply read(String body) {
    List<String> problems = new ArrayList<>();
    JsonFields fields = new JsonFields(JsonText.parse(body), "", problems);
    List<NamedTensor> outputs = TensorJson.read(fields.elements("outputs"), "outputs", problems);
    if (!problems.isEmpty()) {
      throw new JsonSyntaxException(String.join("; ", problems));
    }
    String version =
        fields
            .optional("model_version")
            .map(value -> value instanceof TextValue(String text) ? text : "")
            .orElse("");
    return new InferReply(version, outputs);
  }
}
