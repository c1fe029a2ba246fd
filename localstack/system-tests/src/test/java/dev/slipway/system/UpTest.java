package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.system.Commands.Ended;
import dev.slipway.system.ModelClient.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** {@code ./slipway up}, what it prints, and a second one. */
@SystemTest
@Order(1)
class UpTest {
  private static final String INPUT_START = "-d '";

  @Test
  void up_onNothing_endsWellAndItsCurlAnswersTheRightClass(LocalSystem system) throws IOException {
    Ended up = system.firstUp();
    assertEquals(0, up.code(), up::told);
    String curl =
        up.out()
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("curl "))
            .findFirst()
            .orElseThrow(() -> new AssertionError("up printed no curl: " + up.told()));

    Ended answer = system.commands().bash(curl + " --fail-with-body -w '\\n%{http_code}'");

    assertEquals(0, answer.code(), answer::told);
    assertTrue(answer.out().endsWith("\n200"), answer::told);
    JsonNode reply = new ObjectMapper().readTree(answer.out().lines().findFirst().orElse(""));
    assertEquals(
        ExampleData.read(system.commands().root()).diagnosesOf(asked(curl)),
        labels(reply),
        reply.toString());
  }

  @Test
  void up_again_neitherTrainsNorReleases(LocalSystem system) {
    String before = system.liveVersion();
    int executions = system.aws().executions().size();
    long entries = system.releases().path("seq").asLong();

    Ended again = system.commands().slipway("up");

    assertEquals(0, again.code(), again::told);
    assertEquals(before, system.liveVersion());
    assertEquals(executions, system.aws().executions().size());
    assertEquals(List.of(), system.entriesAfter(entries));
  }

  @Test
  void http_withGoodRows_answersBothClassesAndTheVersion(LocalSystem system) {
    Reply reply = system.client().infer();

    assertEquals(200, reply.status(), reply.body());
    assertEquals(List.of("malignant", "benign"), labels(reply.json()));
    assertEquals(system.liveVersion(), reply.json().path("model_version").asText());
  }

  @Test
  void http_metadataAndHealth_answer(LocalSystem system) {
    ModelClient client = system.client();

    for (String path :
        List.of(
            "/v2",
            "/v2/health/live",
            "/v2/health/ready",
            "/v2/models/" + LocalSystem.MODEL,
            "/v2/models/" + LocalSystem.MODEL + "/ready")) {
      Reply reply = client.send("GET", path, new byte[0]);
      assertEquals(200, reply.status(), path + " " + reply.body());
    }
  }

  private static JsonNode asked(String curl) throws IOException {
    int start = curl.indexOf(INPUT_START) + INPUT_START.length();
    return new ObjectMapper().readTree(curl.substring(start, curl.lastIndexOf('\'')));
  }

  static List<String> labels(JsonNode reply) {
    List<String> labels = new ArrayList<>();
    for (JsonNode output : reply.path("outputs")) {
      if (output.path("name").asText().equals("label")) {
        output.path("data").forEach(label -> labels.add(label.asText()));
      }
    }
    return labels;
  }
}
