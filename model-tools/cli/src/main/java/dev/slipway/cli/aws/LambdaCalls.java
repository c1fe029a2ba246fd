package dev.slipway.cli.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cli.Refusal;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Calls a control function and waits for its answer. */
public final class LambdaCalls {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LambdaCalls() {}

  /** {@return the function's answer; refuses when the function failed or refused} */
  public static JsonNode invoke(LambdaClient lambda, String function, JsonNode event) {
    InvokeResponse reply =
        lambda.invoke(request ->
            request.functionName(function).payload(SdkBytes.fromUtf8String(event.toString())));
    JsonNode answer = parse(function, reply.payload().asUtf8String());
    if (reply.functionError() != null) {
      throw new Refusal(
          "CONTROL_FUNCTION_FAILED",
          "%s failed: %s. Its log is the log group /aws/lambda/%s"
              .formatted(function, answer.path("errorMessage").asText("no message"), function));
    }
    if (answer.has("error")) {
      String text = answer.path("error").asText();
      int colon = text.indexOf(": ");
      throw colon > 0
          ? new Refusal(text.substring(0, colon), text.substring(colon + 2))
          : new Refusal("REFUSED", text);
    }
    return answer;
  }

  private static JsonNode parse(String function, String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new Refusal("CONTROL_FUNCTION_FAILED", function + " answered no JSON", malformed);
    }
  }
}
