package dev.slipway.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.bundle.BundleException;
import dev.slipway.functions.SettingsException;
import dev.slipway.inference.testing.Deployment;
import dev.slipway.inference.testing.Events;
import dev.slipway.inference.testing.Json;
import dev.slipway.inference.testing.LambdaProcess;
import dev.slipway.inference.testing.Reply;
import dev.slipway.runtime.RuntimeOptions;
import dev.slipway.runtime.testing.SampleBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceHandlerTest {
  private static final RuntimeOptions OPTIONS =
      RuntimeOptions.of(Map.of("ORT_DISABLE_TELEMETRY", "1"));
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(1_700_000_000_000L), ZoneOffset.UTC);
  private static final String ROW =
      """
      {"id":"a-1","inputs":[
       {"name":"features","datatype":"FP32","shape":[1,3],"data":[120.5,null,3]},
       {"name":"colour","datatype":"BYTES","shape":[1],"data":["red"]}]}
      """;

  @TempDir Path opt;

  @Test
  void infer_withOneRow_answersEveryOutputWithItsVersion() {
    Deployment deployment = Deployment.of(SampleBundle.FLOWERS, opt);
    LambdaProcess process = start(deployment);

    Reply reply = process.invoke(Events.post("/v2/models/flowers/infer", bytes(ROW)));

    assertEquals(200, reply.status(), reply.body());
    assertEquals("application/json", reply.headers().get("Content-Type"));
    assertEquals(deployment.version(), reply.headers().get("Slipway-Model-Version"));
    assertTrue(
        reply
            .body()
            .startsWith(
                "{\"model_name\":\"flowers\",\"model_version\":\""
                    + deployment.version()
                    + "\",\"id\":\"a-1\",\"outputs\":[{\"name\":\"label\",\"datatype\":\"BYTES\","
                    + "\"shape\":[1],\"data\":["),
        reply.body());
  }

  @Test
  void infer_withNamedVersion_answersOnlyItsOwn() {
    Deployment deployment = Deployment.of(SampleBundle.FLOWERS, opt);
    LambdaProcess process = start(deployment);
    String path = "/v2/models/flowers/versions/";

    Reply own = process.invoke(Events.post(path + deployment.version() + "/infer", bytes(ROW)));
    Reply other = process.invoke(Events.post(path + "6-000000000000/infer", bytes(ROW)));

    assertEquals(200, own.status(), own.body());
    assertEquals(404, other.status());
    assertTrue(other.error().contains(deployment.version()), other.error());
  }

  @Test
  void describe_withEveryPath_answersAsTheProtocolSays() {
    Deployment deployment = Deployment.of(SampleBundle.FLOWERS, opt);
    LambdaProcess process = start(deployment);

    assertEquals("slipway", Json.text(process.invoke(Events.get("/v2")).member("name")));
    assertEquals("{\"live\":true}", process.invoke(Events.get("/v2/health/live")).body());
    assertEquals("{\"ready\":true}", process.invoke(Events.get("/v2/health/ready")).body());
    assertEquals(
        "{\"name\":\"flowers\",\"ready\":true}",
        process.invoke(Events.get("/v2/models/flowers/ready")).body());
    assertEquals(
        "{\"name\":\"flowers\",\"versions\":[\""
            + deployment.version()
            + "\"],\"platform\":\"onnxruntime_onnx\",\"inputs\":[{\"name\":\"features\","
            + "\"datatype\":\"FP32\",\"shape\":[-1,3],\"parameters\":{\"columns\":["
            + "{\"name\":\"height\",\"type\":\"number\",\"required\":true,\"min\":0.0,\"max\":2000.0},"
            + "{\"name\":\"petals\",\"type\":\"number\",\"required\":false},"
            + "{\"name\":\"width\",\"type\":\"number\",\"required\":true}]}},{\"name\":\"colour\","
            + "\"datatype\":\"BYTES\",\"shape\":[-1],\"parameters\":{\"columns\":["
            + "{\"name\":\"colour\",\"type\":\"category\",\"required\":true}]}}],\"outputs\":["
            + "{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[-1]},{\"name\":"
            + "\"probabilities\",\"datatype\":\"FP32\",\"shape\":[-1,2],\"parameters\":"
            + "{\"labels\":[\"iris\",\"rose\"]}}]}",
        process.invoke(Events.get("/v2/models/flowers")).body());
    assertTrue(process.log().stream().noneMatch(line -> line.contains("_aws")));
  }

  @Test
  void log_withColdThenWarmRequest_countsBothPerVersion() {
    LambdaProcess process = start(Deployment.of(SampleBundle.FLOWERS, opt));

    process.invoke(Events.post("/v2/models/flowers/infer", bytes(ROW)));
    process.invoke(Events.post("/v2/models/flowers/infer", bytes(ROW)));

    String cold = process.log().get(0);
    String warm = process.log().get(1);
    assertTrue(
        cold.startsWith(
            "{\"_aws\":{\"Timestamp\":1700000000000,\"CloudWatchMetrics\":[{\"Namespace\":\"Slipway\","
                + "\"Dimensions\":[[\"Model\",\"Version\"]],\"Metrics\":[{\"Name\":\"Requests\","
                + "\"Unit\":\"Count\",\"StorageResolution\":1},"),
        cold);
    assertTrue(
        cold.contains(
            "\"Model\":\"flowers\",\"Version\":\"7\",\"Requests\":1,\"Failed\":0,\"Invalid\":0,"
                + "\"Slow\":0,\"Cold\":1,\"outcome\":\"ANSWERED\",\"status\":200,"),
        cold);
    assertFalse(cold.contains("WarmLatency"), cold);
    assertTrue(warm.contains("\"Cold\":0,\"WarmLatency\":"), warm);
    assertTrue(warm.endsWith("}\n"), warm);
  }

  @Test
  void log_withSlowRequest_countsItWhenWarmOnly() {
    LambdaProcess process =
        start(Deployment.of(SampleBundle.FLOWERS, opt).with("SLIPWAY_LATENCY_BUDGET_MILLIS", "1"));
    String rows =
        "{\"inputs\":[{\"name\":\"features\",\"datatype\":\"FP32\",\"shape\":[9000,3],\"data\":["
            + "1,2,3,".repeat(8999)
            + "1,2,3]},{\"name\":\"colour\",\"datatype\":\"BYTES\",\"shape\":[9000],\"data\":["
            + "\"red\",".repeat(8999)
            + "\"red\"]}]}";

    process.invoke(Events.post("/v2/models/flowers/infer", bytes(rows)));
    process.invoke(Events.post("/v2/models/flowers/infer", bytes(rows)));

    assertTrue(process.log().get(0).contains("\"Slow\":0,\"Cold\":1"), process.log().get(0));
    assertTrue(process.log().get(1).contains("\"Slow\":1,\"Cold\":0"), process.log().get(1));
  }

  @Test
  void log_withRefusedRequest_isNoEvidenceAndHoldsNothingOfIt() {
    LambdaProcess process = start(Deployment.of(SampleBundle.FLOWERS, opt));

    process.invoke(Events.post("/v2/models/flowers/infer", bytes("{\"inputs\":\"canary\"}")));

    assertTrue(
        process.log().getFirst().startsWith("{\"outcome\":\"REFUSED\",\"status\":400,\"code\":"));
    assertFalse(process.log().getFirst().contains("canary"));
  }

  @Test
  void infer_withInvalidAnswer_is500CountedAsInvalid() {
    LambdaProcess process = start(Deployment.of(SampleBundle.NAN, opt));

    Reply reply = process.invoke(Events.post("/v2/models/flowers/infer", bytes(ROW)));

    assertEquals(500, reply.status());
    assertTrue(reply.error().startsWith("MODEL_OUTPUT_INVALID: "), reply.error());
    assertTrue(process.log().getFirst().contains("\"Failed\":0,\"Invalid\":1,"));
  }

  @Test
  void infer_withInvalidAnswerToAbsurdNumbers_is400AndNoEvidence() {
    LambdaProcess process = start(Deployment.of(SampleBundle.NAN, opt));
    String absurd = ROW.replace("null,3]", "null,3e38]");

    Reply reply = process.invoke(Events.post("/v2/models/flowers/infer", bytes(absurd)));

    assertEquals(400, reply.status(), reply.body());
    assertTrue(reply.error().startsWith("VALUE_OUT_OF_RANGE: element 2 "), reply.error());
    assertFalse(process.log().getFirst().contains("_aws"));
  }

  @Test
  void infer_withModelThatThrows_is500CountedAsFailed() {
    LambdaProcess process = start(Deployment.of(SampleBundle.PICKY, opt));
    String tall = ROW.replace("120.5", "1500");

    Reply reply = process.invoke(Events.post("/v2/models/flowers/infer", bytes(tall)));

    assertEquals(500, reply.status());
    assertTrue(reply.error().startsWith("MODEL_RUN_FAILED: "), reply.error());
    assertTrue(process.log().getFirst().contains("\"Failed\":1,\"Invalid\":0,"));
  }

  @Test
  void start_withOtherDigest_refusesAndNamesBoth() {
    Deployment deployment = Deployment.of(SampleBundle.FLOWERS, opt);
    String other = "0".repeat(64);

    BundleException thrown =
        assertThrows(
            BundleException.class, () -> start(deployment.with("SLIPWAY_BUNDLE_DIGEST", other)));

    assertTrue(String.valueOf(thrown.getMessage()).startsWith("BUNDLE_DIGEST_MISMATCH: "));
    assertTrue(String.valueOf(thrown.getMessage()).contains(deployment.bundle().digest().hex()));
    assertTrue(String.valueOf(thrown.getMessage()).contains(other));
  }

  @Test
  void start_withChangedModel_refusesAndNamesTheFile() throws IOException {
    Deployment deployment = Deployment.of(SampleBundle.FLOWERS, opt);
    Path model = opt.resolve("bundle/model.onnx");
    byte[] onnx = Files.readAllBytes(model);
    onnx[onnx.length - 1] ^= 1;
    Files.write(model, onnx, StandardOpenOption.TRUNCATE_EXISTING);

    BundleException thrown = assertThrows(BundleException.class, () -> start(deployment));

    assertTrue(String.valueOf(thrown.getMessage()).contains("model.onnx"), thrown.getMessage());
  }

  @Test
  void start_withBundleOfAnotherModel_refuses() {
    Deployment deployment = Deployment.of(SampleBundle.FLOWERS, opt);

    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class, () -> start(deployment.with("SLIPWAY_MODEL", "house")));

    assertTrue(String.valueOf(thrown.getMessage()).startsWith("BUNDLE_MODEL_MISMATCH: "));
  }

  @Test
  void start_withWrongSettings_reportsAllOfThem() {
    Deployment deployment =
        Deployment.of(SampleBundle.FLOWERS, opt)
            .with("SLIPWAY_BUNDLE_DIGEST", "abc")
            .with("SLIPWAY_MODEL", "")
            .with("SLIPWAY_LATENCY_BUDGET_MILLIS", "0");

    SettingsException thrown = assertThrows(SettingsException.class, () -> start(deployment));

    String message = String.valueOf(thrown.getMessage());
    assertTrue(message.contains("SLIPWAY_BUNDLE_DIGEST"), message);
    assertTrue(message.contains("SLIPWAY_MODEL"), message);
    assertTrue(message.contains("SLIPWAY_LATENCY_BUDGET_MILLIS"), message);
  }

  private static LambdaProcess start(Deployment deployment) {
    return new LambdaProcess(new InferenceHandler(deployment.environment(), OPTIONS, CLOCK));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
