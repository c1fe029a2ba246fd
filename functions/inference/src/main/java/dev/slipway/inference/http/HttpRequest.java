package dev.slipway.inference.http;

import java.util.Map;

/**
 * One request as it came through the gateway.
 *
 * <p>Immutable by convention: the body is not copied, and nobody writes to it.
 */
public final class HttpRequest {
  private final String method;
  private final String path;
  private final Map<String, String> headers;
  private final byte[] body;

  /**
   * Creates a request.
   *
   * @param method the verb, in capitals
   * @param path the path below the gateway's stage, still percent-encoded
   * @param headers values by name in lower case
   * @param body the decoded bytes, possibly none
   */
  public HttpRequest(String method, String path, Map<String, String> headers, byte[] body) {
    this.method = method;
    this.path = path;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  /** {@return the verb, in capitals} */
  public String method() {
    return method;
  }

  /** {@return the path below the gateway's stage, still percent-encoded} */
  public String path() {
    return path;
  }

  /**
   * {@return the value of a header, empty when there is none}
   *
   * @param name its name in lower case
   */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** {@return the decoded body; not to be written to} */
  public byte[] body() {
    return body;
  }
}
