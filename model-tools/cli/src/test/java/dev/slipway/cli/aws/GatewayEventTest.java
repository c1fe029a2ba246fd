package dev.slipway.cli.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slipway.cli.Refusal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayEventTest {
  @Test
  void read_eventWithBase64Body_isTheRequestOfTheClient() {
    assertEquals(
        Optional.of(new GatewayEvent("PUT", "/v2/x", Map.of("Accept", "text/plain"), "{\"a\":1}")),
        GatewayEvent.read(
            """
            {"httpMethod": "PUT", "path": "/v2/x", "isBase64Encoded": true, "body": "eyJhIjoxfQ==",
             "headers": {"Accept": "text/plain", "Host": "example.com", "Content-Length": "7"}}
            """));
  }

  @Test
  void read_eventWithoutBody_hasAnEmptyOne() {
    GatewayEvent event =
        GatewayEvent.read(
                "{\"httpMethod\": \"GET\", \"path\": \"/v2\", \"body\": null, \"headers\": null}")
            .orElseThrow();
    assertEquals(new GatewayEvent("GET", "/v2", Map.of(), ""), event);
  }

  @Test
  void read_plainRequestOrText_isNoEvent() {
    assertEquals(Optional.empty(), GatewayEvent.read("{\"inputs\": []}"));
    assertEquals(Optional.empty(), GatewayEvent.read("{\"inputs\": ["));
  }

  @Test
  void read_bodyThatIsNoBase64_isRefused() {
    assertThrows(
        Refusal.class,
        () ->
            GatewayEvent.read(
                "{\"httpMethod\":\"POST\",\"path\":\"/\",\"body\":\"%\",\"isBase64Encoded\":true}"));
  }
}
