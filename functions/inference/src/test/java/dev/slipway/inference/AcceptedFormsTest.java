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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which one and the same request may come. */
@SuppressWarnings("NullAway.Init") // JUnit sets the directory and the process before any test.
class AcceptedFormsTest {
  private static final String INFER = "/v2/models/flowers/infer";
  private static final String PLAIN =
      """
      {"inputs":[
       {"name":"features","datatype":"FP32","shape":[2,3],"data":[120.5,4,3,7,null,0.25]},
       {"name":"colour","datatype":"BYTES","shape":[2],"data":["red","blüe"]}]}
      """;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Nested.
        """
        {"inputs":[
         {"name":"features","datatype":"FP32","shape":[2,3],"data":[[120.5,4,3],[7,null,0.25]]},
         {"name":"colour","datatype":"BYTES","shape":[2],"data":["red","blüe"]}]}
        """,
        // Data before everything that says what it is, characters of several bytes before it.
        """
        {"parameters":{"ü":"ü"},"inputs":[
         {"data":["red","blüe"],"name":"colour","datatype":"BYTES","shape":[2]},
         {"data":[120.5,4,3,7,null,0.25],"shape":[2,3],"datatype":"FP32","name":"features"}]}
        """,
        // A byte order mark in front, numbers written otherwise.
        """
        \ufeff{"inputs":[
         {"data":[[1.205e2,4.0,30E-1],[7,null,2.5e-1]],"shape":[2,3],"datatype":"FP32",
          "name":"features","parameters":{"a":{"b":[1]}}},
         {"name":"colour","datatype":"BYTES","shape":[2],"data":["\\u0072ed","bl\\u00fce"]}]}
        """
      })
  void infer_withSameRequestOtherwise_answersTheSame(String body) {
    Reply plain = process.invoke(Events.post(INFER, bytes(PLAIN)));

    Reply other = process.invoke(Events.post(INFER, bytes(body)));

    assertEquals(200, plain.status(), plain.body());
    assertEquals(plain, other);
  }

  @Test
  void infer_withPlainTextBodyInTheEvent_answersTheSame() {
    Reply plain = process.invoke(Events.post(INFER, bytes(PLAIN)));
    String quoted = PLAIN.replace("\"", "\\\"").replace("\n", "\\n");

    Reply other =
        process.invoke(
            bytes(
                "{\"httpMethod\":\"post\",\"path\":\""
                    + INFER
                    + "/\",\"headers\":null,\"body\":\""
                    + quoted
                    + "\",\"isBase64Encoded\":false}"));

    assertEquals(plain, other);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "application/json; charset=UTF-8", "APPLICATION/JSON"})
  void infer_withJsonMediaType_isAnswered(String type) {
    Reply reply =
        process.invoke(Events.event("POST", INFER, Map.of("CONTENT-TYPE", type), bytes(PLAIN)));

    assertEquals(200, reply.status(), reply.body());
  }

  @Test
  void infer_withOutputsNamed_givesTheseInThatOrder() {
    String both =
        PLAIN.replaceFirst(
            "\\{", "{\"outputs\":[{\"name\":\"probabilities\"},{\"name\":\"label\"}],");
    String one =
        PLAIN.replaceFirst(
            "\\{", "{\"outputs\":[{\"name\":\"label\",\"parameters\":{\"binary_data\":false}}],");

    String two = process.invoke(Events.post(INFER, bytes(both))).body();
    String single = process.invoke(Events.post(INFER, bytes(one))).body();

    assertTrue(two.indexOf("probabilities") < two.indexOf("label"), two);
    assertTrue(single.contains("\"label\"") && !single.contains("probabilities"), single);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
