package dev.slipway.inference.http;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One reply.
 *
 * @param status the HTTP status
 * @param headers names and values
 * @param body its content
 */
public record HttpReply(int status, Map<String, String> headers, Body body) {
  /** The request was answered. */
  public static final int OK = 200;

  /** What a reply carries: JSON text, or bytes that are none. Not copied, not to be written to. */
  public static final class Body {
    private final byte[] bytes;
    private final boolean binary;

    private Body(byte[] bytes, boolean binary) {
      this.bytes = bytes;
      this.binary = binary;
    }

    /**
     * {@return JSON}
     *
     * @param utf8 the text
     */
    public static Body json(ByteArrayOutputStream utf8) {
      return new Body(utf8.toByteArray(), false);
    }

    /**
     * {@return bytes that are no text}
     *
     * @param bytes the content
     */
    public static Body binary(ByteArrayOutputStream bytes) {
      return new Body(bytes.toByteArray(), true);
    }

    /** {@return the content} */
    public byte[] bytes() {
      return bytes;
    }

    /** {@return the bytes that the content takes inside the JSON that the function returns} */
    public long bytesOnTheWay() {
      if (binary) {
        return (bytes.length + 2L) / 3 * 4;
      }
      long escaped = 0;
      for (byte each : bytes) {
        escaped += each == '"' || each == '\\' ? 1 : 0;
      }
      return bytes.length + escaped;
    }

    /** {@return whether the content is no text} */
    public boolean isBinary() {
      return binary;
    }
  }

  public HttpReply {
    headers = Map.copyOf(headers);
  }

  /**
   * {@return a reply of JSON}
   *
   * @param status the HTTP status
   * @param utf8 the JSON text
   */
  public static HttpReply json(int status, ByteArrayOutputStream utf8) {
    return new HttpReply(status, Map.of("Content-Type", "application/json"), Body.json(utf8));
  }

  /**
   * {@return this reply with one more header}
   *
   * @param name the header
   * @param value its value
   */
  public HttpReply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpReply(status, more, body);
  }
}
