package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.system.Aws.Upload;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** New data by an S3 client is all it takes; however often its event comes, it trains once. */
@SystemTest
@Order(4)
class RetrainTest {
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  @Test
  void upload_ofNewData_trainsOnceAndReleasesWithNoFurtherCommand(LocalSystem system) {
    String before = system.liveVersion();
    byte[] data = ExampleData.read(system.commands().root()).without(20);
    Set<String> steps = new LinkedHashSet<>();

    try (Traffic traffic = Traffic.to(system.client())) {
      Upload upload = system.aws().upload("breast-cancer.csv", data);
      String first = system.aws().invokeIntake(upload.event());
      String second = system.aws().invokeIntake(upload.event());
      JsonNode ended =
          system.found(
              "the release of run " + upload.runId(),
              PATIENCE,
              () -> released(system, upload, before, steps));

      assertTrue(number(ended.path("version").asText()) > number(before), ended.toString());
      assertTrue(first.contains(upload.runId()) && second.contains(upload.runId()), second);
      assertEquals(1L, system.aws().executions().stream().filter(upload.runId()::equals).count());
      assertTrue(
          steps.containsAll(
              List.of("train RUNNING", "train DONE", "package DONE", "propose DONE", "state LIVE")),
          steps.toString());
      system.found(
          "the new version in replies",
          Duration.ofSeconds(30),
          () -> Optional.of(traffic.versions()).filter(all -> all.size() > 1));
      traffic.mustHaveBeenAnswered();
      assertEquals(
          Set.of(before, ended.path("version").asText()), traffic.versions(), "answering versions");
    }
  }

  private static Optional<JsonNode> released(
      LocalSystem system, Upload upload, String before, Set<String> steps) {
    JsonNode status = system.status();
    JsonNode run = status.path("run");
    if (!run.path("id").asText().equals(upload.runId())) {
      return Optional.empty();
    }
    for (JsonNode step : run.path("steps")) {
      steps.add(step.path("step").asText() + " " + step.path("outcome").asText());
    }
    steps.add("state " + status.path("state").asText());
    String outcome = run.path("outcome").asText();
    assertTrue(outcome.equals("RUNNING") || outcome.equals("DONE"), status.toString());
    boolean live =
        status.path("state").asText().equals("LIVE")
            && !status.path("version").asText().equals(before);
    return live ? Optional.of(status) : Optional.empty();
  }

  private static int number(String version) {
    return Integer.parseInt(version.substring(0, version.indexOf('-')));
  }
}
