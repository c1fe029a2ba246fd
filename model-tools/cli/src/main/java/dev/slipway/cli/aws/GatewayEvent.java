package dev.slipway.cli.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cli.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The request inside a sample event of API Gateway, as a client would have sent it.
 *
 * @param method of HTTP
 * @param path below the model's base address
 * @param headers without those that the connection itself decides
 * @param body decoded
 */
public record GatewayEvent(String method, String path, Map<String, String> headers, byte[] body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Keeps a copy of the headers. */
  public GatewayEvent {
    headers = Map.copyOf(headers);
  }

  /**
   * {@return the request; empty when the text is no such event}
   *
   * @throws Refusal when its body is said to be base64 and is not
   */
  public static Optional<GatewayEvent> read(byte[] text) {
    JsonNode event;
    try {
      event = JSON.readTree(text);
    } catch (IOException _) {
      // Not JSON: the model's own answer says what is wrong with it.
      return Optional.empty();
    }
    if (!event.path("httpMethod").isTextual() || !event.path("path").isTextual()) {
      return Optional.empty();
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    event
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    // The client writes these itself and refuses to be told.
    List.of("host", "connection", "content-length").forEach(headers::remove);
    return Optional.of(
        new GatewayEvent(
            event.path("httpMethod").asText(), event.path("path").asText(), headers, body(event)));
  }

  private static byte[] body(JsonNode event) {
    if (event.path("body").isNull()) {
      return new byte[0];
    }
    String body = event.path("body").asText("");
    if (!event.path("isBase64Encoded").asBoolean()) {
      return body.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException damaged) {
      throw new Refusal(
          "EVENT_INVALID",
          "the event says that its body is base64, and it is not: " + damaged.getMessage(),
          damaged);
    }
  }
}
