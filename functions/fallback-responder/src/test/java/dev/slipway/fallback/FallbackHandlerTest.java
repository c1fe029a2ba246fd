package dev.slipway.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FallbackHandlerTest {
  @ParameterizedTest
  @ValueSource(strings = {"/v2/health/live", "/v2/health/live/"})
  void live_beforeTheFirstRelease_is200(String path) throws IOException {
    String reply = call("{\"resource\":\"/{proxy+}\",\"path\" : \"" + path + "\",\"body\":null}");

    assertEquals(
        "{\"statusCode\":200,\"headers\":{\"Content-Type\":\"application/json\"},"
            + "\"isBase64Encoded\":false,\"body\":\"{\\\"live\\\":true}\"}",
        reply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"path\":\"/v2/health/ready\"}",
        "{\"path\":\"/v2/models/churn/infer\",\"httpMethod\":\"POST\"}",
        "{\"requestContext\":{\"path\":\"/v2/health/live\"},\"path\":\"/v2\"}",
        "{\"body\":\"\\\"path\\\":\\\"/v2/health/live\\\"\",\"path\":\"/\"}",
        "{\"path\":null}",
        "{}",
        "[\"path\",\"/v2/health/live\"]",
        "not JSON \\",
        "\"",
        ""
      })
  void anythingElse_beforeTheFirstRelease_is503WithRetryAfter(String event) throws IOException {
    String reply = call(event);

    assertTrue(reply.startsWith("{\"statusCode\":503,"), reply);
    assertTrue(reply.contains("\"Retry-After\":\"10\""), reply);
    assertTrue(reply.contains("\"body\":\"{\\\"error\\\":\\\"MODEL_NOT_READY: "), reply);
  }

  @Test
  void path_withMembersBefore_isTheOutermostOne() {
    assertEquals("/a", EventPath.of("{\"x\":{\"path\":\"/b\"},\"y\":[\"path\"],\"path\":\"/a\"}"));
    assertEquals("", EventPath.of("{\"name\":\"path\",\"other\":1}"));
    assertEquals("", EventPath.of("{\"path\":\"/cut".substring(0, 8)));
  }

  private static String call(String event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] in = event.getBytes(StandardCharsets.UTF_8);
    new FallbackHandler().handleRequest(new ByteArrayInputStream(in), out, context());
    return out.toString(StandardCharsets.UTF_8);
  }

  /** A context that fails when it is asked for anything: the fallback asks for nothing. */
  private static Context context() {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (_, method, _) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
