package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.bundle.BundleFile;
import dev.slipway.bundle.Digest;
import dev.slipway.control.Controller;
import dev.slipway.control.aws.AwsWorld;
import dev.slipway.control.simulator.Simulation;
import dev.slipway.release.Proposal;
import dev.slipway.release.ReleaseKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionCode;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * The controller's AWS side against LocalStack, with a function in Python that obeys its bundle.
 */
@SystemTest
@Order(3)
final class ReleaseControllerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Not that of the deployed controller, whose tick must leave this model alone. */
  private static final String PREFIX = "slipway-beside";

  private static final String ROLE = "arn:aws:iam::000000000000:role/slipway-demo";

  /**
   * The model is a line of text: a number to answer, or "crash". Counters go to standard output.
   */
  private static final String SERVING =
      """
      import json, os, time
      ROOT = os.environ.get("SLIPWAY_OPT_ROOT", "/opt")
      def handler(event, context):
          text = open(ROOT + "/bundle/model.onnx").read()
          real = event["requestContext"]["requestId"] != "slipway-release-control"
          failed = real and text.startswith("crash")
          print(json.dumps({"_aws": {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [
              {"Namespace": "Slipway", "Dimensions": [["Model", "Version"]], "Metrics": [
                  {"Name": n, "Unit": "Count", "StorageResolution": 1}
                  for n in ("Requests", "Failed", "Invalid", "Slow", "Cold")]}]},
              "Model": os.environ["SLIPWAY_MODEL"],
              "Version": os.environ["AWS_LAMBDA_FUNCTION_VERSION"],
              "Requests": 1, "Failed": int(failed), "Invalid": 0, "Slow": 0, "Cold": 0}), flush=True)
          if failed:
              return {"statusCode": 500, "body": "broken"}
          return {"statusCode": 200, "isBase64Encoded": False, "body": json.dumps({"outputs": [
              {"name": "prediction", "datatype": "FP32", "shape": [1, 1], "data": [0.5]}]})}
      """;

  private static final String FALLBACK =
      """
      def handler(event, context):
          return {"statusCode": 503, "body": "no model yet"}
      """;

  private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
  private final String model = "demo-" + Long.toString(System.nanoTime() % 1_000_000, 36);
  private final String function = "slipway-" + model;
  private final String registry = "registry-" + model;
  private final String ledger = "ledger-" + model;

  private final S3Client s3;
  private final KmsClient kms;
  private final LambdaClient lambda;
  private final String key;
  private final AwsWorld aws;
  private final Controller controller;

  /** A function, its wish and a controller in this process, beside those that are deployed. */
  ReleaseControllerTest(LocalSystem system) {
    SdkSettings.use(system);
    s3 =
        S3Client.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .forcePathStyle(true)
            .build();
    kms = KmsClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
    lambda = LambdaClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
    List.of(registry, ledger).forEach(name -> s3.createBucket(create -> create.bucket(name)));
    key =
        kms.createKey(
                create -> create.keySpec(KeySpec.ECC_NIST_P256).keyUsage(KeyUsageType.SIGN_VERIFY))
            .keyMetadata()
            .keyId();
    SnsClient sns = SnsClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
    String topic = sns.createTopic(create -> create.name("pages-" + model)).topicArn();
    lambda.createFunction(create ->
        create
            .functionName(function)
            .role(ROLE)
            .runtime("python3.13")
            .handler("index.handler")
            .code(
                FunctionCode.builder()
                    .zipFile(SdkBytes.fromByteArray(zip("index.py", FALLBACK)))
                    .build()));
    wish(topic);
    aws =
        AwsWorld.of(
            Map.of(
                "SLIPWAY_PREFIX", PREFIX,
                "SLIPWAY_REGISTRY_BUCKET", registry,
                "SLIPWAY_LEDGER_BUCKET", ledger,
                "SLIPWAY_SIGNING_KEY", key,
                "SLIPWAY_RELEASE_STATE_MACHINE_ARN",
                    "arn:aws:states:us-east-1:000000000000:stateMachine:none",
                "SLIPWAY_PAGES_TOPIC_ARN", topic),
            line -> log.add(java.time.Instant.now() + " " + line));
    controller = new Controller(aws.world(), aws.ledger(), aws.prefix());
  }

  @Test
  void releases_goodThenBad_promotesThenRollsBack() throws InterruptedException {
    JsonNode first = look();
    assertTrue(first.path("active").isBoolean() && !first.path("active").asBoolean(), story());

    propose("good-1");
    until(false);
    assertEquals(2, aws.ledger().read(model).head().stable().orElseThrow(), story());

    for (int i = 0; i < 300; i++) {
      request();
      Thread.sleep(25);
    }
    propose("good-2");
    until(true);
    assertEquals(3, aws.ledger().read(model).head().stable().orElseThrow(), story());
    assertTrue(story().contains("CANARY(1)"), story());

    propose("crash-3");
    until(true);
    assertEquals(3, aws.ledger().read(model).head().stable().orElseThrow(), story());
    assertTrue(story().contains("ROLLED_BACK"), story());
    assertEquals(
        "3",
        lambda.getAlias(get -> get.functionName(function).name("live")).functionVersion(),
        story());
    assertEquals(List.of(), aws.ledger().audit(model).problems());
    quietLookMakesFewCalls();
  }

  /** The wait loop and the tick look at every model again and again. */
  private void quietLookMakesFewCalls() {
    CountedCalls.forget();
    JsonNode reply = look();

    assertTrue(!reply.path("active").asBoolean(), reply.toString());
    assertTrue(CountedCalls.seen().size() <= 5, CountedCalls.seen().toString());
    assertTrue(CountedCalls.seen().contains("GetAlias"), CountedCalls.seen().toString());
  }

  private void until(boolean traffic) throws InterruptedException {
    long end = System.nanoTime() + 120_000_000_000L;
    while (look().path("active").asBoolean() || busy()) {
      assertTrue(System.nanoTime() < end, story());
      for (int i = 0; i < 20 && traffic; i++) {
        request();
      }
      Thread.sleep(1000);
    }
  }

  private boolean busy() {
    var head = aws.ledger().read(model).head();
    return head.active().isPresent() || head.pending().isPresent();
  }

  private JsonNode look() {
    return controller.handle(
        JSON.createObjectNode().put("source", "release-loop").put("model", model));
  }

  private void request() {
    lambda.invoke(invoke ->
        invoke
            .functionName(function)
            .qualifier("live")
            .payload(SdkBytes.fromUtf8String("{\"requestContext\":{\"requestId\":\"client\"}}")));
  }

  private String story() {
    StringBuilder text = new StringBuilder();
    aws.ledger()
        .entries(model, 1, 1000)
        .forEach(entry ->
            text.append("\n")
                .append(entry.seq())
                .append(" ")
                .append(entry.at())
                .append(" ")
                .append(entry.from())
                .append(" -> ")
                .append(entry.to())
                .append(" ")
                .append(entry.event())
                .append(entry.evidence()));
    return text + "\n" + String.join("\n", log);
  }

  private void propose(String weights) {
    Simulation simulation = new Simulation();
    String digest = simulation.bundles().add(model, weights);
    for (String file : List.of(BundleFile.MANIFEST, BundleFile.LAYER, BundleFile.GOLDEN)) {
      put(digest, file, simulation.bundles().read(model, digest, file).orElseThrow());
    }
    byte[] manifest = simulation.bundles().read(model, digest, BundleFile.MANIFEST).orElseThrow();
    byte[] signature =
        kms.sign(sign ->
                sign.keyId(key)
                    .messageType(MessageType.DIGEST)
                    .message(
                        SdkBytes.fromByteArray(
                            java.util.HexFormat.of().parseHex(Digest.of(manifest).hex())))
                    .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256))
            .signature()
            .asByteArray();
    put(digest, BundleFile.SIGNATURE, signature);
    aws.ledger()
        .propose(
            model,
            new Proposal(
                "run-" + weights,
                ReleaseKind.MODEL,
                digest,
                Optional.empty(),
                Optional.of(weights),
                Optional.empty(),
                false,
                "new data"),
            "propose",
            new TreeMap<>());
  }

  private void put(String digest, String file, byte[] content) {
    s3.putObject(
        put -> put.bucket(registry).key("bundles/" + model + "/" + digest + "/" + file),
        RequestBody.fromBytes(content));
  }

  private void wish(String topic) {
    byte[] code = zip("index.py", SERVING);
    s3.putObject(put -> put.bucket(registry).key("code.zip"), RequestBody.fromBytes(code));
    ObjectNode wish = JSON.createObjectNode();
    wish.put("formatVersion", 1)
        .put("model", model)
        .put("function", function)
        .put("roleArn", ROLE)
        .put("handler", "index.handler")
        .put("runtime", "python3.13")
        .put("packageType", "zip")
        .put("memoryMb", 512)
        .put("timeoutSeconds", 15)
        .put("architecture", "x86_64")
        .put("apiId", "abc123")
        .put("alarmTopicArn", topic);
    wish.putObject("code")
        .put("bucket", registry)
        .put("key", "code.zip")
        .put("sha256", Digest.of(code).hex());
    wish.putObject("environment").put("SLIPWAY_MODEL", model);
    wish.putObject("release")
        .put("bakeSeconds", 10)
        .put("regretSeconds", 3600)
        .put("healthyErrorRate", 0.01)
        .put("badErrorRate", 0.05)
        .put("tickSeconds", 2)
        .put("alarmPeriodSeconds", 10)
        .put("settleSeconds", 1)
        .putArray("steps")
        .add(50);
    SsmClient ssm = SsmClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
    ssm.putParameter(put ->
        put.name("/" + PREFIX + "/" + model + "/serving")
            .type(ParameterType.STRING)
            .value(wish.toString()));
  }

  private static byte[] zip(String name, String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(text.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    } catch (IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
