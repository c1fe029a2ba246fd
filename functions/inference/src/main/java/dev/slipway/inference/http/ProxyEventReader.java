package dev.slipway.inference.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads an API Gateway REST proxy event, payload version 1.0 (API Gateway Developer Guide, "Input
 * format of a Lambda function for proxy integration"). Only what serving needs is kept.
 */
public final class ProxyEventReader {
  /**
   * The largest body, decoded. Lambda takes 6 MB per request (AWS Lambda quotas); in base64, and
   * with the rest of the event, this is what fits.
   */
  public static final int MAX_BODY_BYTES = 4_500_000;

  private static final int TOO_LARGE = 413;

  private static final JsonFactory JSON = new JsonFactory();

  private String method = "";
  private String path = "";
  private final Map<String, String> headers = new HashMap<>();
  private String body = "";
  private boolean base64;

  private ProxyEventReader() {}

  /**
   * {@return the request in an event}
   *
   * @param in the event; left open
   * @throws HttpProblem with 400 when it is no such event or its body is no base64, with 413 when
   *     the body is too large
   * @throws IOException when it cannot be read
   */
  public static HttpRequest read(InputStream in) throws IOException {
    ProxyEventReader reader = new ProxyEventReader();
    try (JsonParser parser = JSON.createParser(in)) {
      parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
      reader.event(parser);
    } catch (JsonProcessingException e) {
      throw notAnEvent("not JSON: " + e.getOriginalMessage());
    }
    if (reader.method.isEmpty() || reader.path.isEmpty()) {
      throw notAnEvent("an object without httpMethod or path");
    }
    return new HttpRequest(
        reader.method.toUpperCase(Locale.ROOT), reader.path, reader.headers, reader.bytes());
  }

  private void event(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw notAnEvent("no JSON object");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (field) {
        case "httpMethod" -> method = text(parser, value);
        case "path" -> path = text(parser, value);
        case "body" -> body = text(parser, value);
        case "isBase64Encoded" -> base64 = value == JsonToken.VALUE_TRUE;
        case "headers" -> headers(parser, value);
        default -> parser.skipChildren();
      }
    }
  }

  private static String text(JsonParser parser, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return "";
  }

  private void headers(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName().toLowerCase(Locale.ROOT);
      headers.put(name, text(parser, parser.nextToken()));
    }
  }

  private byte[] bytes() {
    byte[] bytes = base64 ? decode() : encode();
    if (bytes.length > MAX_BODY_BYTES) {
      throw new HttpProblem(
          TOO_LARGE,
          "BODY_TOO_LARGE",
          "the body has "
              + bytes.length
              + " bytes, expected at most "
              + MAX_BODY_BYTES
              + ". Send fewer rows per request.");
    }
    return bytes;
  }

  private byte[] decode() {
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw HttpProblem.badRequest(
          "BODY_NOT_BASE64",
          "the event says that its body is base64, and it is not ("
              + e.getMessage()
              + "). Send the event with a body in base64, or with isBase64Encoded false.");
    }
  }

  private byte[] encode() {
    try {
      ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(body));
      byte[] bytes = new byte[utf8.remaining()];
      utf8.get(bytes);
      return bytes;
    } catch (CharacterCodingException _) {
      // Half a surrogate pair has no form in UTF-8.
      throw HttpProblem.badRequest(
          "BODY_NOT_UTF8",
          "the body holds half a surrogate pair, expected text that UTF-8 can say. Send whole"
              + " characters.");
    }
  }

  private static HttpProblem notAnEvent(String found) {
    return HttpProblem.badRequest(
        "EVENT_INVALID",
        "expected an API Gateway REST proxy event with httpMethod and path, found "
            + found
            + ". Call the function through its gateway, or with an event such as those in events/.");
  }
}
