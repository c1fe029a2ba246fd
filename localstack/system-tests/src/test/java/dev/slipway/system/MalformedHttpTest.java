package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.system.ModelClient.Reply;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Whatever a client gets wrong, the whole way through the gateway, it is told as JSON. */
@SystemTest
@Order(2)
class MalformedHttpTest {
  private static final String GOOD = ModelClient.TWO_ROWS;
  private static final Charset UTF_8 = StandardCharsets.UTF_8;

  /** One wrong request and what must be answered. */
  private record Wrong(
      String what, String method, String path, byte[] body, String type, int status, String code) {
    static Wrong body(String what, String body, String code) {
      return bytes(what, body.getBytes(UTF_8), code);
    }

    static Wrong bytes(String what, byte[] body, String code) {
      return new Wrong(what, "POST", ModelClient.INFER, body, "application/json", 400, code);
    }

    static Wrong large(int bytes, String code) {
      return new Wrong(
          bytes + " bytes",
          "POST",
          ModelClient.INFER,
          " ".repeat(bytes).getBytes(UTF_8),
          "application/json",
          413,
          code);
    }

    static Wrong row(String what, String values, String code) {
      return body(
          what,
          GOOD.substring(0, GOOD.indexOf("[2,30]")) + "[1,30],\"data\":[" + values + "]}]}",
          code);
    }

    static Wrong path(String method, String path, int status, String code) {
      byte[] body = method.equals("GET") ? new byte[0] : GOOD.getBytes(UTF_8);
      return new Wrong(method + " " + path, method, path, body, "application/json", status, code);
    }

    static Wrong type(String type, int status, String code) {
      return new Wrong(type, "POST", ModelClient.INFER, GOOD.getBytes(UTF_8), type, status, code);
    }
  }

  private static List<Wrong> wrongs() {
    String model = "/v2/models/" + LocalSystem.MODEL;
    String zeros = "0,".repeat(29);
    return List.of(
        Wrong.body("no body", "", "BODY_MISSING"),
        Wrong.body("no JSON", "hello", "JSON_INVALID"),
        Wrong.body("half a body", GOOD.substring(0, 200), "JSON_INVALID"),
        Wrong.body("two bodies", GOOD + GOOD, "JSON_INVALID"),
        Wrong.body("an array", "[]", "TYPE_MISMATCH"),
        Wrong.body("null", "null", "TYPE_MISMATCH"),
        Wrong.body("no inputs", "{}", "MEMBER_MISSING"),
        Wrong.body("inputs is an object", "{\"inputs\":{}}", "TYPE_MISMATCH"),
        Wrong.body("no input", "{\"inputs\":[]}", "INPUT_MISSING"),
        Wrong.body("other name", GOOD.replace("features", "x"), "INPUT_UNKNOWN"),
        Wrong.body("other datatype", GOOD.replace("FP32", "FP64"), "DATATYPE_MISMATCH"),
        Wrong.body("other shape", GOOD.replace("[2,30]", "[2,29]"), "SHAPE_MISMATCH"),
        Wrong.body("more rows than told", GOOD.replace("[2,30]", "[1,30]"), "SHAPE_MISMATCH"),
        Wrong.body("unknown member", GOOD.replace("inputs", "instances"), "MEMBER_UNKNOWN"),
        Wrong.body("deep", "{\"parameters\":" + "{\"a\":".repeat(5000), "JSON_INVALID"),
        Wrong.row("text", zeros + "\"1.0\"", "TYPE_MISMATCH"),
        Wrong.row("NaN", zeros + "NaN", "JSON_INVALID"),
        Wrong.row("too large a number", zeros + "1e39", "VALUE_OUT_OF_RANGE"),
        Wrong.row("one column too few", zeros.substring(0, zeros.length() - 1), "SHAPE_MISMATCH"),
        Wrong.row("one column too many", zeros + "0,0", "SHAPE_MISMATCH"),
        Wrong.bytes("UTF-16", GOOD.getBytes(StandardCharsets.UTF_16LE), "BODY_NOT_UTF8"),
        Wrong.bytes("random bytes", new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1}, "BODY_NOT_UTF8"),
        Wrong.type("text/csv", 415, "MEDIA_TYPE_UNSUPPORTED"),
        Wrong.type("application/json; charset=utf-16", 415, "MEDIA_TYPE_UNSUPPORTED"),
        Wrong.type("multipart/form-data", 415, "MEDIA_TYPE_UNSUPPORTED"),
        Wrong.type("multipart/form-data; boundary=x", 415, "MEDIA_TYPE_UNSUPPORTED"),
        Wrong.type("application/x-www-form-urlencoded", 415, "MEDIA_TYPE_UNSUPPORTED"),
        Wrong.bytes("zero bytes, 4.4 MB", new byte[4_400_000], "BODY_NOT_UTF8"),
        Wrong.large(4_600_000, "BODY_TOO_LARGE"),
        Wrong.large(7_000_000, "REQUEST_TOO_LARGE"),
        Wrong.large(12_000_000, "REQUEST_TOO_LARGE"),
        Wrong.path("GET", "/", 404, "PATH_UNKNOWN"),
        Wrong.path("GET", "/v1/models/x", 404, "PATH_UNKNOWN"),
        Wrong.path("GET", "/v2/models/other", 404, "MODEL_UNKNOWN"),
        Wrong.path("POST", "/v2/models/other/infer", 404, "MODEL_UNKNOWN"),
        Wrong.path("GET", model + "/versions/999", 404, "VERSION_UNKNOWN"),
        Wrong.path("GET", ModelClient.INFER, 405, "METHOD_NOT_ALLOWED"),
        Wrong.path("DELETE", model, 405, "METHOD_NOT_ALLOWED"),
        Wrong.path("GET", "/v2/%2e%2e/%00", 404, "PATH_UNKNOWN"));
  }

  @Test
  void http_withMalformedRequest_is4xxSayingWhy(LocalSystem system) {
    ModelClient client = system.client();
    List<String> problems = new ArrayList<>();
    for (Wrong wrong : wrongs()) {
      Reply reply =
          client
              .with("content-type", wrong.type())
              .send(wrong.method(), wrong.path(), wrong.body());
      if (reply.status() != wrong.status() || !errorOf(reply).startsWith(wrong.code() + ": ")) {
        problems.add(
            "%s: expected %d %s, found %d %s"
                .formatted(
                    wrong.what(), wrong.status(), wrong.code(), reply.status(), reply.body()));
      }
    }

    assertEquals(List.of(), problems);
    assertEquals(200, client.infer().status());
  }

  @Test
  void http_withContentEncoding_is415(LocalSystem system) {
    ModelClient client = system.client();
    for (String encoding : List.of("gzip", "br")) {
      Reply reply = client.with("content-encoding", encoding).infer();
      assertEquals(415, reply.status(), reply.body());
      assertTrue(errorOf(reply).startsWith("CONTENT_ENCODING_UNSUPPORTED: "), reply.body());
    }
  }

  @Test
  void http_withRandomlyChangedBytes_isAnsweredOrRefusedNever5xx(LocalSystem system) {
    ModelClient client = system.client();
    Random random = new Random(42);
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      byte[] body = changed(GOOD.getBytes(UTF_8), random);
      Reply reply = client.send("POST", ModelClient.INFER, body);
      boolean refused = reply.status() >= 400 && reply.status() < 500 && !errorOf(reply).isEmpty();
      if (reply.status() != 200 && !refused) {
        problems.add(reply.status() + " " + reply.body() + " to " + new String(body, UTF_8));
      }
    }

    assertEquals(List.of(), problems);
  }

  /** Between one and four bytes replaced, by others or by a character that JSON gives a meaning. */
  private static byte[] changed(byte[] body, Random random) {
    String special = "{}[]\":,-.eE\\0";
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(body.length);
      body[at] =
          (byte)
              (random.nextBoolean()
                  ? special.charAt(random.nextInt(special.length()))
                  : random.nextInt(256));
    }
    return body;
  }

  @Test
  void http_withoutOrWithWrongApiKey_is403AsJson(LocalSystem system) {
    ModelClient client = system.client();

    for (String key : List.of("", "wrong")) {
      Reply reply = client.with("x-api-key", key).infer();
      assertEquals(403, reply.status(), reply.body());
      assertTrue(!errorOf(reply).isEmpty(), reply.body());
    }
  }

  private static String errorOf(Reply reply) {
    return reply.body().startsWith("{") ? reply.json().path("error").asText() : "";
  }
}
