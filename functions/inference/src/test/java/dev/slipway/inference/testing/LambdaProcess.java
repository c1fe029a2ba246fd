package dev.slipway.inference.testing;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.slipway.bundle.json.JsonText;
import dev.slipway.bundle.json.JsonValue;
import dev.slipway.bundle.json.JsonValue.BooleanValue;
import dev.slipway.bundle.json.JsonValue.NumberValue;
import dev.slipway.bundle.json.JsonValue.ObjectValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One process of a function: the real handler, called with the bytes that Lambda would pass. */
public final class LambdaProcess {
  private final RequestStreamHandler handler;
  private final RecordingContext context = new RecordingContext();

  /** Puts a handler into a process. */
  public LambdaProcess(RequestStreamHandler handler) {
    this.handler = handler;
  }

  /** {@return what the client gets for an event} */
  public Reply invoke(byte[] event) {
    JsonValue reply = JsonText.parse(invokeRaw(event));
    int status =
        Json.member(reply, "statusCode") instanceof NumberValue(String literal)
            ? Integer.parseInt(literal)
            : 0;
    Map<String, String> headers = new LinkedHashMap<>();
    if (Json.member(reply, "headers") instanceof ObjectValue object) {
      object.members().forEach((name, value) -> headers.put(name, Json.text(value)));
    }
    String body = Json.text(Json.member(reply, "body"));
    if (Json.member(reply, "isBase64Encoded").equals(new BooleanValue(true))) {
      body = new String(Base64.getDecoder().decode(body), StandardCharsets.ISO_8859_1);
    }
    return new Reply(status, headers, body);
  }

  /** {@return what the function returns for an event} */
  public byte[] invokeRaw(byte[] event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(event), out, context);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return out.toByteArray();
  }

  /** {@return the lines logged so far} */
  public List<String> log() {
    return context.lines();
  }
}
