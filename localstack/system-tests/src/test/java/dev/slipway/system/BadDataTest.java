package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.system.Aws.Upload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
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

  /** A wrong file and where it was put. */
  private record Sent(Bad file, Upload upload) {}

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
    files.put("quote", bad(good.withCell(40, 0, "\"P1"), "row 40", "never closed"));
    return files;
  }

  @Test
  void upload_ofBadData_isRefusedWithPlaceAndRuleWhileTheModelServes(LocalSystem system) {
    Map<String, Bad> files = files(ExampleData.read(system.commands().root()));
    String before = system.liveVersion();
    String alias = system.aws().alias();
    long entries = system.releases().path("seq").asLong();
    List<Sent> sent = new ArrayList<>();

    try (Traffic traffic = Traffic.to(system.client())) {
      files.forEach((name, file) ->
          sent.add(new Sent(file, system.aws().upload("bad-" + name + ".csv", file.content()))));
      List<JsonNode> refusals =
          system.found("six refusals", PATIENCE, () -> refusals(system, entries));
      sent.forEach(upload -> mustBeRefused(upload, refusals));
      traffic.mustHaveBeenAnswered();
    }

    JsonNode status = system.status();
    assertEquals("REFUSED", status.path("run").path("outcome").asText(), status.toString());
    assertEquals(before, system.liveVersion());
    assertEquals(alias, system.aws().alias());
    for (Upload upload : sent.stream().map(Sent::upload).toList()) {
      assertTrue(!system.aws().executions().contains(upload.runId()));
      assertEquals(
          List.of("intake-result.json"), system.aws().namesOfRun(upload.runId()), upload.key());
    }
  }

  private static void mustBeRefused(Sent sent, List<JsonNode> refusals) {
    JsonNode refusal =
        refusals.stream()
            .filter(entry -> entry.toString().contains(sent.upload().runId()))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no refusal of " + sent.upload()));
    for (String word : sent.file().words()) {
      assertTrue(refusal.toString().contains(word), "no " + word + " in " + refusal);
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
    return new byte[] {
      (byte) 0x80, 4, (byte) 0x95, 6, 0, 0, 0, 0, 0, 0, 0, ']', (byte) 0x94, 'K', 1, 'a', '.'
    };
  }
}
