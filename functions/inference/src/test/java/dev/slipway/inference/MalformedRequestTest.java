package dev.slipway.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.inference.testing.Deployment;
import dev.slipway.inference.testing.Events;
import dev.slipway.inference.testing.LambdaProcess;
import dev.slipway.inference.testing.Reply;
import dev.slipway.runtime.RuntimeOptions;
import dev.slipway.runtime.testing.SampleBundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client gets wrong is answered with what was expected and what was found. */
@SuppressWarnings("NullAway.Init") // JUnit sets the directory and the process before any test.
class MalformedRequestTest {
  private static final String INFER = "/v2/models/flowers/infer";
  private static final String COLOUR =
      "{\"name\":\"colour\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"red\"]}";
  private static final String FEATURES =
      "{\"name\":\"features\",\"datatype\":\"FP32\",\"shape\":[1,3],\"data\":[120,4,3]}";
  private static final String GOOD = "{\"inputs\":[" + FEATURES + "," + COLOUR + "]}";

  @TempDir static Path opt;
  private static LambdaProcess process;

  @BeforeAll
  static void start() {
    process =
        new LambdaProcess(
            new InferenceHandler(
                Deployment.of(SampleBundle.FLOWERS, opt).environment(),
                RuntimeOptions.of(Map.of("ORT_DISABLE_TELEMETRY", "1")),
                Clock.systemUTC()));
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        body("", "BODY_MISSING", "features FP32[-1, 3]"),
        body("{", "JSON_INVALID", "line 1"),
        body(GOOD.substring(0, 60), "JSON_INVALID", "end-of-input"),
        body(GOOD + "x", "JSON_INVALID", "Unrecognized token"),
        body(GOOD + GOOD, "JSON_INVALID", "something follows"),
        body("\ufeff" + "[", "TYPE_MISMATCH", "the body must be an object, found an array"),
        body("[]", "TYPE_MISMATCH", "the body must be an object, found an array"),
        body("null", "TYPE_MISMATCH", "found null"),
        body("7", "TYPE_MISMATCH", "found the number 7"),
        body("{}", "MEMBER_MISSING", "no inputs"),
        body("{\"inputs\":{}}", "TYPE_MISMATCH", "inputs must be an array, found an object"),
        body("{\"inputs\":[]}", "INPUT_MISSING", "input features FP32[-1, 3] is not given"),
        body("{\"inputs\":[1]}", "TYPE_MISMATCH", "inputs[0] must be an object"),
        body(
            "{\"input\":[]}", "MEMBER_UNKNOWN", "expected only id, inputs, outputs and parameters"),
        body(
            "{\"id\":1,\"inputs\":[]}", "TYPE_MISMATCH", "id must be a string, found the number 1"),
        body("{\"id\":\"\\ud800\",\"inputs\":[]}", "TEXT_INVALID", "half a surrogate pair"),
        body("{\"parameters\":1}", "TYPE_MISMATCH", "parameters must be an object"),
        body("{\"inputs\":[],\"inputs\":[]}", "JSON_INVALID", "Duplicate"),
        body("[".repeat(5000), "TYPE_MISMATCH", "must be an object"),
        body("{\"parameters\":" + "{\"a\":".repeat(5000), "JSON_INVALID", "nesting depth"),
        features("\"data\":[NaN,4,3]", "JSON_INVALID", "JSON has no NaN"),
        features("\"data\":[Infinity,4,3]", "JSON_INVALID", "JSON has no NaN"),
        features("\"data\":[-Infinity,4,3]", "JSON_INVALID", ""),
        features("\"data\":[01,4,3]", "JSON_INVALID", ""),
        features("\"data\":[1,4,3,]", "JSON_INVALID", ""),
        features(
            "\"data\":[1e39,4,3]", "VALUE_OUT_OF_RANGE", "row 0, column height of input features"),
        features("\"data\":[1,-1e400,3]", "VALUE_OUT_OF_RANGE", "a number that FP32 can hold"),
        features("\"data\":[1,1e999999999,3]", "VALUE_OUT_OF_RANGE", "column petals"),
        features("\"data\":[1," + "9".repeat(390) + ",3]", "VALUE_OUT_OF_RANGE", "FP32"),
        features("\"data\":[1," + "9".repeat(4000) + ",3]", "JSON_INVALID", "Number value length"),
        features(
            "\"data\":[-1,4,3]", "VALUE_OUT_OF_RANGE", "from 0.0 to 2000.0, found the number -1"),
        features(
            "\"data\":[null,4,3]", "VALUE_MISSING", "column height of input features is required"),
        features(
            "\"data\":[1,\"4\",3]", "TYPE_MISMATCH", "must be a number, found the string \"4\""),
        features("\"data\":[1,true,3]", "TYPE_MISMATCH", "found the boolean true"),
        features("\"data\":[\"a\",\"b\",\"c\"]", "TYPE_MISMATCH", "column width"),
        features("\"data\":[1,{},3]", "SHAPE_MISMATCH", "found an object"),
        features("\"data\":[1,[4],3]", "SHAPE_MISMATCH", "found an array"),
        features("\"data\":[1,4]", "SHAPE_MISMATCH", "expected 3 elements in data, found 2"),
        features("\"data\":[1,4,3,5]", "SHAPE_MISMATCH", "expected 3 elements in data, found 4"),
        features("\"data\":[[1,4]]", "SHAPE_MISMATCH", "expected 3 elements in each array"),
        features(
            "\"data\":[[1,4,3],[1,4,3]]", "SHAPE_MISMATCH", "expected 1 elements in each array"),
        features("\"data\":[[1,4,3],7]", "SHAPE_MISMATCH", "found the number 7"),
        features("\"data\":[[[1,4,3]]]", "SHAPE_MISMATCH", "plain values"),
        features("\"data\":7", "TYPE_MISMATCH", "data of input features must be an array"),
        features("\"data\":null", "TYPE_MISMATCH", "found null"),
        input(
            "\"name\":\"features\",\"datatype\":\"FP32\",\"shape\":[1,3]",
            "MEMBER_MISSING",
            "no data"),
        input(
            "\"name\":\"features\",\"data\":[1,4,3],\"shape\":[1,3]",
            "MEMBER_MISSING",
            "no datatype"),
        input(
            "\"name\":\"features\",\"datatype\":\"FP32\",\"data\":[1]",
            "MEMBER_MISSING",
            "no shape"),
        input(
            "\"datatype\":\"FP32\",\"shape\":[1,3],\"data\":[1,4,3]", "MEMBER_MISSING", "no name"),
        input(
            "\"name\":\"feature\"",
            "INPUT_UNKNOWN",
            "expected features FP32[-1, 3], colour BYTES[-1]"),
        input("\"name\":7", "TYPE_MISMATCH", "inputs[0].name must be a string"),
        input("\"nome\":\"features\"", "MEMBER_UNKNOWN", "\"nome\""),
        typed("FP64", "[1,3]", "DATATYPE_MISMATCH", "takes FP32, found datatype \"FP64\""),
        typed("float", "[1,3]", "DATATYPE_MISMATCH", "found datatype \"float\""),
        typed("FP32", "[3]", "SHAPE_MISMATCH", "takes shape [-1, 3]"),
        typed("FP32", "[1,4]", "SHAPE_MISMATCH", "3 columns per row"),
        typed("FP32", "[1,3,1]", "SHAPE_MISMATCH", "found [1, 3, 1]"),
        typed("FP32", "[]", "SHAPE_MISMATCH", "found []"),
        typed("FP32", "[-1,3]", "TYPE_MISMATCH", "whole numbers, at least 0"),
        typed("FP32", "[1.0,3]", "TYPE_MISMATCH", "found the number 1.0"),
        typed("FP32", "[\"1\",3]", "TYPE_MISMATCH", "found the string"),
        typed("FP32", "3", "TYPE_MISMATCH", "shape must be an array"),
        typed("FP32", "[99999999999999999999,3]", "TYPE_MISMATCH", "whole numbers"),
        typed("FP32", "[9223372036854775807,3]", "SHAPE_MISMATCH", "found a body of"),
        typed("FP32", "[1000000000,3]", "SHAPE_MISMATCH", "found a body of"),
        typed("FP32", "[" + "1,".repeat(50) + "3]", "SHAPE_MISMATCH", "dimensions"),
        body(
            GOOD.replace("[1,3]", "[0,3]")
                .replace("[120,4,3]", "[]")
                .replace("[1]", "[0]")
                .replace("[\"red\"]", "[]"),
            "BATCH_EMPTY",
            "at least 1"),
        body("{\"inputs\":[" + COLOUR + "]}", "INPUT_MISSING", "features"),
        body(
            "{\"inputs\":[" + FEATURES + "," + FEATURES + "," + COLOUR + "]}",
            "INPUT_REPEATED",
            "twice"),
        body(
            GOOD.replace("[1],\"data\":[\"red\"]", "[2],\"data\":[\"red\",\"red\"]"),
            "SHAPE_MISMATCH",
            "has 2"),
        body(
            GOOD.replace("\"red\"", "7"),
            "TYPE_MISMATCH",
            "column colour of input colour must be a string"),
        body(GOOD.replace("\"red\"", "null"), "VALUE_MISSING", "colour"),
        body(GOOD.replace("red", "\\udc00"), "TEXT_INVALID", "half a surrogate pair"),
        outputs("{}", "TYPE_MISMATCH", "outputs must be an array"),
        outputs("[\"label\"]", "TYPE_MISMATCH", "outputs[0] must be an object"),
        outputs("[{}]", "MEMBER_MISSING", "outputs[0] has no name"),
        outputs(
            "[{\"name\":\"labels\"}]", "OUTPUT_UNKNOWN", "expected one of label, probabilities"),
        outputs("[{\"name\":\"label\"},{\"name\":\"label\"}]", "OUTPUT_REPEATED", "twice"),
        outputs("[{\"name\":\"label\",\"x\":1}]", "MEMBER_UNKNOWN", "\"x\""));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void infer_withMalformedBody_is400SayingWhy(String body, String code, String part) {
    Reply reply = process.invoke(Events.post(INFER, body.getBytes(StandardCharsets.UTF_8)));

    assertEquals(400, reply.status(), reply.body());
    assertTrue(reply.error().startsWith(code + ": "), reply.error());
    assertTrue(reply.error().contains(part), reply.error());
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        Arguments.of("GET", "/", "", 404, "PATH_UNKNOWN", "GET /v2"),
        Arguments.of("GET", "/v1/models/flowers", "", 404, "PATH_UNKNOWN", "GET /v2"),
        Arguments.of("GET", "/v2/models", "", 404, "PATH_UNKNOWN", "/v2/models/flowers"),
        Arguments.of("GET", "/v2/models/rose", "", 404, "MODEL_UNKNOWN", "expected flowers"),
        Arguments.of("GET", "/v2/models/flowers/versions/9", "", 404, "VERSION_UNKNOWN", "7-"),
        Arguments.of("GET", "/v2/models/flowers/versions", "", 404, "PATH_UNKNOWN", "GET /v2"),
        Arguments.of("GET", "/v2/models/flowers/%2e%2e/\u0000", "", 404, "PATH_UNKNOWN", "GET /v2"),
        Arguments.of("GET", INFER, "", 405, "METHOD_NOT_ALLOWED", "takes POST"),
        Arguments.of("PUT", INFER, "", 405, "METHOD_NOT_ALLOWED", "takes POST"),
        Arguments.of("POST", "/v2", "", 405, "METHOD_NOT_ALLOWED", "takes GET"),
        Arguments.of("DELETE", "/v2/models/flowers", "", 405, "METHOD_NOT_ALLOWED", "takes GET"),
        Arguments.of("POST", INFER, "text/csv", 415, "MEDIA_TYPE_UNSUPPORTED", "application/json"),
        Arguments.of(
            "POST",
            INFER,
            "application/json; charset=utf-16",
            415,
            "MEDIA_TYPE_UNSUPPORTED",
            "utf-8"));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void anyPath_withWrongRequest_saysWhatExists(
      String method, String path, String type, int status, String code, String part) {
    Map<String, String> headers = type.isEmpty() ? Map.of() : Map.of("content-type", type);

    Reply reply = process.invoke(Events.event(method, path, headers, bytes(GOOD)));

    assertEquals(status, reply.status(), reply.body());
    assertTrue(reply.error().startsWith(code + ": "), reply.error());
    assertTrue(reply.error().contains(part), reply.error());
    assertEquals(status == 405, reply.headers().containsKey("Allow"));
  }

  @Test
  void infer_withCompressedBody_is415() {
    Reply reply =
        process.invoke(
            Events.event("POST", INFER, Map.of("Content-Encoding", "gzip"), bytes(GOOD)));

    assertEquals(415, reply.status());
    assertTrue(reply.error().startsWith("CONTENT_ENCODING_UNSUPPORTED: "), reply.error());
  }

  @Test
  void infer_withBinaryTensors_is400SayingHowToSendJson() {
    Map<String, String> headers = Map.of("Inference-Header-Content-Length", "20");

    Reply reply = process.invoke(Events.event("POST", INFER, headers, bytes(GOOD)));

    assertEquals(400, reply.status());
    assertTrue(reply.error().startsWith("BINARY_TENSORS_UNSUPPORTED: "), reply.error());
    assertTrue(reply.error().contains("binary_data=False"), reply.error());
  }

  @Test
  void infer_withBodyThatIsNoUtf8_is400NamingTheByte() {
    byte[] body = GOOD.getBytes(StandardCharsets.UTF_16LE);

    Reply wide = process.invoke(Events.post(INFER, body));
    Reply latin = process.invoke(Events.post(INFER, new byte[] {'{', '"', (byte) 0xe9, '"', '}'}));

    assertEquals(400, wide.status());
    assertTrue(wide.error().startsWith("BODY_NOT_UTF8: byte 1 "), wide.error());
    assertTrue(latin.error().startsWith("BODY_NOT_UTF8: byte 2 "), latin.error());
  }

  @Test
  void infer_withBodyThatIsNoBase64_is400() {
    String event = new String(Events.post(INFER, bytes(GOOD)), StandardCharsets.UTF_8);

    Reply reply = process.invoke(bytes(event.replace("\"body\":\"", "\"body\":\"*")));

    assertEquals(400, reply.status());
    assertTrue(reply.error().startsWith("BODY_NOT_BASE64: "), reply.error());
  }

  @Test
  void infer_withTooLargeBody_is413NamingTheLimit() {
    byte[] body = new byte[4_500_001];

    Reply reply = process.invoke(Events.post(INFER, body));

    assertEquals(413, reply.status());
    assertTrue(reply.error().contains("at most 4500000"), reply.error());
  }

  @Test
  void infer_withTooManyRows_is413NamingTheLimit() {
    int rows = 50_001;
    String body =
        GOOD.replace("[1,3]", "[" + rows + ",3]")
            .replace("[120,4,3]", "[" + "1,2,3,".repeat(rows - 1) + "1,2,3]")
            .replace("[1],", "[" + rows + "],")
            .replace("[\"red\"]", "[" + "\"red\",".repeat(rows - 1) + "\"red\"]");

    Reply reply = process.invoke(Events.post(INFER, bytes(body)));

    assertEquals(413, reply.status());
    assertTrue(reply.error().startsWith("BATCH_TOO_LARGE: "), reply.error());
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "{}",
        "null",
        "{\"path\":\"/v2\"}",
        "{\"httpMethod\":7,\"path\":\"/\"}"
      })
  void anything_thatIsNoEvent_is400(String event) {
    Reply reply = process.invoke(bytes(event));

    assertEquals(400, reply.status());
    assertTrue(reply.error().startsWith("EVENT_INVALID: "), reply.error());
  }

  private static Arguments body(String body, String code, String part) {
    return Arguments.of(body, code, part);
  }

  private static Arguments input(String members, String code, String part) {
    return body("{\"inputs\":[{" + members + "}," + COLOUR + "]}", code, part);
  }

  private static Arguments features(String data, String code, String part) {
    return input("\"name\":\"features\",\"datatype\":\"FP32\",\"shape\":[1,3]," + data, code, part);
  }

  private static Arguments typed(String datatype, String shape, String code, String part) {
    return input(
        "\"name\":\"features\",\"datatype\":\""
            + datatype
            + "\",\"shape\":"
            + shape
            + ",\"data\":[1,4,3]",
        code,
        part);
  }

  private static Arguments outputs(String outputs, String code, String part) {
    return body(GOOD.substring(0, GOOD.length() - 1) + ",\"outputs\":" + outputs + "}", code, part);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
