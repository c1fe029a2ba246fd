package dev.slipway.inference.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A request that is refused: a status, a code that can be counted, and a text that says what was
 * expected, what was found and what to do. Carries no stack trace: a refusal is an answer.
 */
public final class HttpProblem extends RuntimeException {
  private static final JsonFactory JSON = new JsonFactory();

  private static final int BAD_REQUEST = 400;

  private final int status;
  private final String code;
  private final transient Map<String, String> headers;

  /**
   * Creates the problem.
   *
   * @param status the HTTP status, 400 or more
   * @param code for example {@code SHAPE_MISMATCH}
   * @param text what was expected and found, and what to do
   */
  public HttpProblem(int status, String code, String text) {
    this(status, code, text, Map.of());
  }

  /**
   * Creates the problem.
   *
   * @param status the HTTP status, 400 or more
   * @param code for example {@code METHOD_NOT_ALLOWED}
   * @param text what was expected and found, and what to do
   * @param headers headers of the reply, for example {@code Allow}
   */
  public HttpProblem(int status, String code, String text, Map<String, String> headers) {
    super(code + ": " + text, null, false, false);
    this.status = status;
    this.code = code;
    this.headers = Map.copyOf(headers);
  }

  /**
   * {@return a problem with status 400}
   *
   * @param code for example {@code SHAPE_MISMATCH}
   * @param text what was expected and found, and what to do
   */
  public static HttpProblem badRequest(String code, String text) {
    return new HttpProblem(BAD_REQUEST, code, text);
  }

  /** {@return the HTTP status} */
  public int status() {
    return status;
  }

  /** {@return the code that the message begins with} */
  public String code() {
    return code;
  }

  /** {@return the reply: <code>{"error": "CODE: …"}</code>} */
  public HttpReply reply() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("error", String.valueOf(getMessage()));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    HttpReply reply = HttpReply.json(status, bytes);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    return reply;
  }
}
