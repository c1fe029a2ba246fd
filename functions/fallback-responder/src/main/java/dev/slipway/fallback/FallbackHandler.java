package dev.slipway.fallback;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Says that no model is released yet: 503 with {@code Retry-After} to everything, but that the
 * server lives ({@code GET /v2/health/live}). Thread-safe.
 */
public final class FallbackHandler implements RequestStreamHandler {
  /** When a client may ask again: a first release of a small model takes about this long. */
  private static final int RETRY_AFTER_SECONDS = 10;

  private static final String LIVE_PATH = "/v2/health/live";

  private static final String LIVE = reply(200, "", "{\\\"live\\\":true}");

  private static final String NOT_READY =
      reply(
          503,
          ",\"Retry-After\":\"" + RETRY_AFTER_SECONDS + "\"",
          "{\\\"error\\\":\\\"MODEL_NOT_READY: no version of this model is released yet, expected a"
              + " release. Upload data or a model and wait until `slipway status` says that it is"
              + " released; then ask again.\\\"}");

  /** Needs nothing. */
  public FallbackHandler() {}

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    String path = EventPath.of(event);
    String slashless = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    String reply = slashless.equals(LIVE_PATH) ? LIVE : NOT_READY;
    output.write(reply.getBytes(StandardCharsets.UTF_8));
  }

  /** {@return a reply for the gateway; header and body are JSON already} */
  private static String reply(int status, String header, String escapedBody) {
    return "{\"statusCode\":"
        + status
        + ",\"headers\":{\"Content-Type\":\"application/json\""
        + header
        + "},\"isBase64Encoded\":false,\"body\":\""
        + escapedBody
        + "\"}";
  }
}
