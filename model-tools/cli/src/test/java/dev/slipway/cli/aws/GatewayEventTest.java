package dev.slipway.cli.aws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slipway.cli.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayEventTest {
  @Test
  void read_eventWithBase64Body_isTheRequestOfTheClient() {
    GatewayEvent event =
        read("""
        {"httpMethod": "PUT", "path": "/v2/x", "isBase64Encoded": true, "body": "AP/+gA==",
         "headers": {"Accept": "text/plain", "Host": "example.com", "Content-Length": "4"}}
        """)
            .orElseThrow();
    assertEquals("PUT /v2/x", event.method() + " " + event.path());
    assertEquals(Map.of("Accept", "text/plain"), event.headers());
    assertArrayEquals(new byte[] {0, -1, -2, -128}, event.body());
  }

  @Test
  void read_eventWithoutBody_hasAnEmptyOne() {
    GatewayEvent event =
        read("{\"httpMethod\": \"GET\", \"path\": \"/v2\", \"body\": null, \"headers\": null}")
            .orElseThrow();
    assertEquals(0, event.body().length);
    assertEquals(Map.of(), event.headers());
  }

  @Test
  void read_plainRequestOrText_isNoEvent() {
    assertEquals(Optional.empty(), read("{\"inputs\": []}"));
    assertEquals(Optional.empty(), read("{\"inputs\": ["));
  }

  @Test
  void read_bodyThatIsNoBase64_isRefused() {
    assertThrows(
        Refusal.class,
        () ->
            read(
                "{\"httpMethod\":\"POST\",\"path\":\"/\",\"body\":\"%\",\"isBase64Encoded\":true}"));
  }

  private static Optional<GatewayEvent> read(String text) {
    return GatewayEvent.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
