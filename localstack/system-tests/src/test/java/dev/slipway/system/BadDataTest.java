package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.system.Aws.Upload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Data that nobody should train on: refused with the place and the rule, and nothing changes. */
@SystemTest
@Order(3)
class BadDataTest {
  private static final int REFUSED = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** A wrong file and words that its refusal must hold. */
  private record Bad(byte[] content, List<String> words) {}

  private static Map<String, Bad> files(ExampleData good) {
    Map<String, Bad> files = new LinkedHashMap<>();
    files.put("target", bad(good.withoutTarget(), "DATASET_TARGET_MISSING", "diagnosis"));
    files.put(
        "type", bad(good.withCell(12, 3, "big"), "DATASET_VALUE_TYPE", "row 12", "mean_perimeter"));
    files.put("class", bad(good.only("benign"), "DATASET_ONE_CLASS", "benign"));
    files.put(
        "utf16",
        bad(
            new String(good.whole(), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16),
            "UTF-16"));
    files.put("pickle", bad(pickle(), "DATASET_NOT_CSV", "ickle"));
    files.put(
        "quote", bad(good.withCell(40, 0, "\"P1"), "DATASET_QUOTE_UNCLOSED", "row 40"));
    return files;
  }

  @Test
  void upload_ofBadData_isRefusedWithPlaceAndRuleWhileTheModelServes(LocalSystem system) {
    Map<String, Bad> files = files(ExampleData.read(system.commands().root()));
    String before = system.liveVersion();
    String alias = system.aws().alias();
    long entries = system.releases().path("seq").asLong();
    Map<String, Upload> uploads = new LinkedHashMap<>();

    try (Traffic traffic = Traffic.to(system.client())) {
      files.forEach(
          (name, file) ->
              uploads.put(name, system.aws().upload("bad-" + name + ".csv", file.content())));
      List<JsonNode> refusals =
          Await.found("six refusals", PATIENCE, () -> refusals(system, entries));

      files.forEach((name, file) -> {
        String run = uploads.get(name).runId();
        JsonNode refusal =
            refusals.stream()
                .filter(entry -> entry.toString().contains(run))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no entry names run " + run + ": " + refusals));
        for (String word : file.words()) {
          assertTrue(refusal.toString().contains(word), name + ": no " + word + " in " + refusal);
        }
      });
      traffic.mustHaveBeenAnswered();
    }

    JsonNode status = system.status();
    assertEquals("REFUSED", status.path("run").path("outcome").asText(), status.toString());
    assertEquals(before, system.liveVersion());
    assertEquals(alias, system.aws().alias());
    for (Upload upload : uploads.values()) {
      assertTrue(!system.aws().executions().contains(upload.runId()));
      assertEquals(
          List.of("intake-result.json"), system.aws().namesOfRun(upload.runId()), upload.key());
    }
  }

  private static Optional<List<JsonNode>> refusals(LocalSystem system, long after) {
    List<JsonNode> found =
        system.entriesAfter(after).stream()
            .filter(entry -> entry.path("event").asText().equals("Refused"))
            .toList();
    return found.size() >= REFUSED ? Optional.of(found) : Optional.empty();
  }

  private static Bad bad(byte[] content, String... words) {
    return new Bad(content, List.of(words));
  }

  /** Protocol 4 of Python's pickle: a list with one number. */
  private static byte[] pickle() {
    return new byte[] {(byte) 0x80, 4, (byte) 0x95, 6, 0, 0, 0, 0, 0, 0, 0, ']', (byte) 0x94, 'K', 1, 'a', '.'};
  }
}
