package dev.slipway.inference.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Map;

/** Writes replies as the gateway's REST proxy integration takes them. Thread-safe. */
public final class ProxyReplyWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private ProxyReplyWriter() {}

  /**
   * Writes a reply.
   *
   * @param reply what the client is to get
   * @param out the function's output; left open
   * @throws IOException when it cannot be written
   */
  public static void write(HttpReply reply, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeNumberField("statusCode", reply.status());
      json.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : reply.headers().entrySet()) {
        json.writeStringField(header.getKey(), header.getValue());
      }
      json.writeEndObject();
      json.writeBooleanField("isBase64Encoded", reply.body().isBinary());
      json.writeFieldName("body");
      byte[] body = reply.body().bytes();
      if (reply.body().isBinary()) {
        byte[] text = Base64.getEncoder().encode(body);
        json.writeRawUTF8String(text, 0, text.length);
      } else {
        json.writeUTF8String(body, 0, body.length);
      }
      json.writeEndObject();
    }
  }
}
