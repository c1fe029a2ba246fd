package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.system.Aws.Upload;
import dev.slipway.system.Commands.Ended;
import dev.slipway.system.ModelClient.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Finished models, good and bad, while a client sends requests. Comes last: the model's folder goes
 * with the test.
 */
@SystemTest
@Order(8)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UploadedModelTest {
  private static final String MODEL = "scorer";
  private static final String INFER = "/v2/models/" + MODEL + "/infer";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** A request that was routed before the alias was back may be answered a moment later. */
  private static final Duration IN_FLIGHT = Duration.ofSeconds(5);

  @TempDir private static Path folder;

  /** A wrong model, golden requests beside it, and words that its refusal must hold. */
  private record Bad(byte[] model, byte[] golden, List<String> words) {}

  @BeforeAll
  static void up_ofAFolderWithAFinishedModel_serves(LocalSystem system) throws IOException {
    Files.writeString(folder.resolve("model.yaml"), UploadedFiles.YAML);
    Files.write(folder.resolve("sum.onnx"), UploadedFiles.sum(1));
    Files.write(folder.resolve("sum.golden.json"), UploadedFiles.golden("6"));

    Ended up = system.commands().slipway("up", folder.toString());

    assertEquals(0, up.code(), up::told);
    assertEquals(11, answer(ask(system.client(MODEL))), 0.1);
  }

  @Test
  @Order(1)
  void upload_ofModelsThatMustNotServe_isRefusedWithTheReasonWhileTheClientIsAnswered(
      LocalSystem system) throws IOException {
    String alias = system.aws().alias(MODEL);
    String version = system.status(MODEL).path("version").asText();
    long before = system.releases(MODEL).path("seq").asLong();
    Map<String, Bad> wrong = wrongModels();
    Map<String, Upload> sent = new LinkedHashMap<>();

    ModelClient client = system.client(MODEL);
    try (Traffic traffic = Traffic.of(() -> ask(client))) {
      for (Map.Entry<String, Bad> bad : wrong.entrySet()) {
        sent.put(bad.getKey(), upload(system, bad.getKey(), bad.getValue()));
      }
      List<JsonNode> refused =
          system.found(
              "%d refusals".formatted(wrong.size()),
              PATIENCE,
              () ->
                  Optional.of(entries(system, before, "Refused"))
                      .filter(entries -> entries.size() >= wrong.size()));

      wrong.forEach(
          (name, bad) -> mustBeRefused(refused, sent.getOrDefault(name, new Upload("", "")), bad));
      traffic.mustHaveBeenAnswered();
      assertEquals(Set.of(version), traffic.versions());
    }
    assertEquals(alias, system.aws().alias(MODEL));
    assertEquals(List.of(), entries(system, before, "Proposed"));
    assertEquals("REFUSED", system.status(MODEL).path("run").path("outcome").asText());
  }

  @Test
  @Order(2)
  void upload_ofABetterModel_bringsItsGoldenRequestsAndGoesLive(LocalSystem system)
      throws IOException {
    long before = system.releases(MODEL).path("seq").asLong();
    Path file = Files.write(folder.resolve("second.onnx"), UploadedFiles.sum(1.001f));
    Files.write(folder.resolve("second.golden.json"), UploadedFiles.golden("6"));

    ModelClient client = system.client(MODEL);
    try (Traffic traffic = Traffic.of(() -> ask(client))) {
      String live = system.status(MODEL).path("version").asText();
      JsonNode uploaded = system.json("upload", MODEL, file.toString(), "--json");
      system.found("its release", PATIENCE, () -> ended(system, before, "COMPLETED"));

      String run =
          new Upload(uploaded.path("key").asText(), uploaded.path("versionId").asText()).runId();
      assertTrue(entries(system, before, "Proposed").toString().contains(run));
      assertTrue(!system.status(MODEL).path("version").asText().equals(live));
      traffic.mustHaveBeenAnswered();
    }
  }

  @Test
  @Order(3)
  void upload_ofAModelThatFailsOnLiveRows_isTakenBackAndCostsNoMoreThanItsShare(
      LocalSystem system) {
    String alias = system.aws().alias(MODEL);
    String version = system.status(MODEL).path("version").asText();
    long before = system.releases(MODEL).path("seq").asLong();

    ModelClient client = system.client(MODEL);
    try (Traffic traffic = Traffic.of(() -> ask(client))) {
      upload(
          system, "trap", new Bad(UploadedFiles.nanAbove(4), UploadedFiles.golden("6"), List.of()));
      JsonNode ended =
          system.found("its end", PATIENCE, () -> ended(system, before, "ROLLED_BACK"));

      mustStayWithinTheShare(entries(ended, before), traffic.requests());
      assertEquals(alias, system.aws().alias(MODEL));
      assertEquals(version, system.status(MODEL).path("version").asText(), ended.toString());
      assertEquals(200, ask(client).status());
    }
  }

  /**
   * The gateway draws a version for each request, so the failures are spread about the weight's
   * share of the requests that came while the canary was asked: four standard deviations and one
   * are allowed, which chance exceeds once in 30,000 times. Before and after none may fail, and
   * that is all that can be said where traffic was too slow for a canary: the share is then all of
   * it.
   */
  private static void mustStayWithinTheShare(List<JsonNode> story, List<Traffic.Request> sent) {
    Instant from = Instant.parse(first(story, "ShiftStarted").path("at").asText());
    Instant to = Instant.parse(story.getLast().path("at").asText()).plus(IN_FLIGHT);
    double share =
        story.stream()
                .mapToDouble(entry -> entry.path("evidence").path("weightPercent").asDouble())
                .max()
                .orElseThrow()
            / 100;
    List<Traffic.Request> during =
        sent.stream()
            .filter(request -> request.at().isAfter(from) && request.at().isBefore(to))
            .toList();
    long failed = during.stream().filter(Traffic.Request::failed).count();
    double most = share * during.size() + 4 * Math.sqrt(share * (1 - share) * during.size()) + 1;
    String figures =
        "%d of %d failed at a weight of %.2f: %s".formatted(failed, during.size(), share, story);

    assertTrue(share > 0, figures);
    assertTrue(failed > 0, () -> "the canary was not asked: " + figures);
    assertTrue(failed <= most, figures);
    assertEquals(
        failed, sent.stream().filter(Traffic.Request::failed).count(), "failed at any time");
  }

  private static JsonNode first(List<JsonNode> story, String event) {
    return story.stream()
        .filter(entry -> entry.path("event").asText().equals(event))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + event + " in " + story));
  }

  private static List<JsonNode> entries(JsonNode releases, long after) {
    List<JsonNode> entries = new ArrayList<>();
    releases.path("entries").forEach(entries::add);
    entries.removeIf(entry -> entry.path("seq").asLong() <= after);
    return entries;
  }

  private static Map<String, Bad> wrongModels() {
    byte[] right = UploadedFiles.golden("6");
    Map<String, Bad> wrong = new LinkedHashMap<>();
    wrong.put("wrong", bad(UploadedFiles.sum(2), right, "GOLDEN_DIFFERS"));
    wrong.put("throws", bad(UploadedFiles.throwing(), right, "MODEL_RUN_FAILED"));
    wrong.put("nan", bad(UploadedFiles.nanAbove(-1), right, "MODEL_ANSWER_INVALID"));
    wrong.put("foreign", bad(UploadedFiles.foreignOperator(), right, "ADMISSION_", "RunShell"));
    wrong.put("external", bad(UploadedFiles.externalData(), right, "ADMISSION_"));
    wrong.put("pickle", bad(UploadedFiles.pickle(), right, "ONNX_NOT_ONNX"));
    return wrong;
  }

  private static Bad bad(byte[] model, byte[] golden, String... words) {
    return new Bad(model, golden, List.of(words));
  }

  private static Upload upload(LocalSystem system, String name, Bad bad) {
    system.aws().upload(MODEL, name + ".golden.json", bad.golden());
    return system.aws().upload(MODEL, name + ".onnx", bad.model());
  }

  private static void mustBeRefused(List<JsonNode> refused, Upload upload, Bad bad) {
    String entry =
        refused.stream()
            .map(JsonNode::toString)
            .filter(text -> text.contains(upload.runId()))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no refusal of " + upload));
    for (String word : bad.words()) {
      assertTrue(entry.contains(word), () -> "no " + word + " in " + entry);
    }
  }

  private static List<JsonNode> entries(LocalSystem system, long after, String event) {
    List<JsonNode> entries = new ArrayList<>();
    for (JsonNode entry : system.releases(MODEL).path("entries")) {
      if (entry.path("seq").asLong() > after && entry.path("event").asText().equals(event)) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private static Optional<JsonNode> ended(LocalSystem system, long after, String state) {
    JsonNode releases = system.releases(MODEL);
    boolean over = releases.path("seq").asLong() > after && releases.path("active").isMissingNode();
    return over && releases.path("last").path("state").asText().equals(state)
        ? Optional.of(releases)
        : Optional.empty();
  }

  private static Reply ask(ModelClient client) {
    return client.send("POST", INFER, UploadedFiles.largeRequest());
  }

  private static double answer(Reply reply) {
    assertEquals(200, reply.status(), reply.body());
    return reply.json().path("outputs").path(0).path("data").path(0).asDouble();
  }
}
