package dev.slipway.inference.testing;

import dev.slipway.bundle.json.JsonValue;
import java.util.Map;

/**
 * What the gateway would send to the client.
 *
 * @param status the HTTP status
 * @param headers names and values
 * @param body the text
 */
public record Reply(int status, Map<String, String> headers, String body) {
  public Reply {
    headers = Map.copyOf(headers);
  }

  /** {@return the body's member} */
  public JsonValue member(String name) {
    return Json.member(Json.parse(body), name);
  }

  /** {@return the text of the error} */
  public String error() {
    return Json.text(member("error"));
  }
}
