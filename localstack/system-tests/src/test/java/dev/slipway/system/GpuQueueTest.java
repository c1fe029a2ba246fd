package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.system.Aws.Upload;
import dev.slipway.system.Commands.Ended;
import dev.slipway.system.ModelClient.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A training job that finds no GPU machine goes to the CPU queue, and the run says so. */
@SystemTest
@Order(5)
class GpuQueueTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String NO_GPU_MACHINES =
      "{\"no_capacity\":[\"slipway-gpu\"],\"longest_state_limit_seconds\":2}";
  private static final String AS_ALWAYS =
      "{\"no_capacity\":[],\"longest_state_limit_seconds\":86400}";
  private static final String WHY =
      "no GPU machine took the job in 15 minutes (CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY): trained on the CPU queue";

  @Test
  void upload_withoutGpuMachines_trainsOnTheCpuQueueAndSaysWhy(LocalSystem system)
      throws IOException {
    String before = system.liveVersion();
    Upload upload;
    JsonNode ended;
    system.batchSettings(NO_GPU_MACHINES);
    // Earlier tests sent requests, so the release may be a canary: it needs some to end.
    try (Traffic _ = Traffic.to(system.client())) {
      byte[] data = ExampleData.read(system.commands().root()).without(30);
      upload = system.aws().upload("breast-cancer.csv", data);
      ended =
          system.found(
              "the release of run " + upload.runId(),
              PATIENCE,
              () -> released(system, upload, before));
    } finally {
      system.batchSettings(AS_ALWAYS);
    }

    assertEquals(List.of("FAILED"), system.aws().jobs("slipway-gpu", "train", upload));
    assertEquals(List.of("SUCCEEDED"), system.aws().jobs("slipway-cpu", "train-cpu", upload));
    assertEquals("DONE", ended.path("run").path("outcome").asText(), ended.toString());
    assertEquals(WHY, trainStep(ended).path("message").asText(), ended.toString());
    Ended status = system.commands().slipway("status");
    assertTrue(status.out().contains(WHY), status::told);
    Reply reply = system.client().infer();
    assertEquals(200, reply.status(), reply.body());
  }

  private static Optional<JsonNode> released(LocalSystem system, Upload upload, String before) {
    JsonNode status = system.status();
    boolean live =
        status.path("run").path("id").asText().equals(upload.runId())
            && status.path("state").asText().equals("LIVE")
            && !status.path("version").asText().equals(before);
    return live ? Optional.of(status) : Optional.empty();
  }

  private static JsonNode trainStep(JsonNode status) {
    for (JsonNode step : status.path("run").path("steps")) {
      if (step.path("step").asText().equals("train")) {
        return step;
      }
    }
    throw new AssertionError("the run has no step train: " + status);
  }
}
