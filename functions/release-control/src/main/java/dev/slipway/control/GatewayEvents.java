package dev.slipway.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Requests as API Gateway's proxy integration (payload version 1.0) hands them to a function. */
final class GatewayEvents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GatewayEvents() {}

  /** {@return a question whether the model is ready} */
  static String ready(String model) {
    return event("GET", "/v2/models/" + model + "/ready", "");
  }

  /**
   * {@return an infer request}
   *
   * @param model which model
   * @param body the request's JSON
   */
  static String infer(String model, String body) {
    return event("POST", "/v2/models/" + model + "/infer", body);
  }

  /** The API treats every body as binary, so the function gets it in base 64. */
  private static String event(String method, String path, String body) {
    ObjectNode event = JSON.createObjectNode();
    event.put("resource", "/{proxy+}").put("path", path).put("httpMethod", method);
    event.putObject("headers").put("Content-Type", "application/json").put("Accept", "*/*");
    ObjectNode multi = event.putObject("multiValueHeaders");
    multi.putArray("Content-Type").add("application/json");
    multi.putArray("Accept").add("*/*");
    event.putNull("queryStringParameters").putNull("multiValueQueryStringParameters");
    event.putObject("pathParameters").put("proxy", path.substring(1));
    event.putNull("stageVariables");
    ObjectNode context = event.putObject("requestContext");
    context
        .put("resourcePath", "/{proxy+}")
        .put("httpMethod", method)
        .put("path", "/prod" + path)
        .put("stage", "prod")
        .put("protocol", "HTTP/1.1")
        .put("requestId", "slipway-release-control");
    context.putObject("identity").put("sourceIp", "127.0.0.1").put("userAgent", "slipway");
    if (body.isEmpty()) {
      event.putNull("body").put("isBase64Encoded", false);
    } else {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      event.put("body", Base64.getEncoder().encodeToString(bytes)).put("isBase64Encoded", true);
    }
    return event.toString();
  }
}
