package dev.slipway.inference.testing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;

/** Gateway events as API Gateway makes them when every media type is binary. */
public final class Events {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private Events() {}

  /** {@return an event without a body} */
  public static byte[] get(String path) {
    return event("GET", path, Map.of(), new byte[0]);
  }

  /** {@return an event with a JSON body} */
  public static byte[] post(String path, byte[] body) {
    return event("POST", path, JSON, body);
  }

  /** {@return an event, its body in base64} */
  public static byte[] event(String method, String path, Map<String, String> headers, byte[] body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("resource", "/{proxy+}");
      json.writeStringField("path", path);
      json.writeStringField("httpMethod", method);
      json.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : headers.entrySet()) {
        json.writeStringField(header.getKey(), header.getValue());
      }
      json.writeEndObject();
      json.writeNullField("queryStringParameters");
      json.writeObjectFieldStart("requestContext");
      json.writeStringField("stage", "prod");
      json.writeStringField("path", "/prod" + path);
      json.writeEndObject();
      if (body.length == 0) {
        json.writeNullField("body");
      } else {
        json.writeStringField("body", Base64.getEncoder().encodeToString(body));
      }
      json.writeBooleanField("isBase64Encoded", body.length > 0);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
