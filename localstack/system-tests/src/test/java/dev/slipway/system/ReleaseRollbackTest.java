package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.system.Commands.Ended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * {@code bench rollback} under the load of its own HTTP client: versions that turn bad when clients
 * use them are taken back in time, a good one under the same load is promoted.
 */
@SystemTest
@Order(4)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReleaseRollbackTest {
  private static final List<String> BEFORE_TRAFFIC =
      List.of("PROPOSED", "VERIFYING", "VERIFIED", "PUBLISHING", "PUBLISHED");
  private static final List<String> TAKEN_BACK =
      List.of("SHIFTING(1)", "CANARY(1)", "ROLLING_BACK", "ROLLED_BACK");
  private static final List<String> PROMOTED =
      List.of("SHIFTING(1)", "CANARY(1)", "PROMOTING", "WATCHING", "COMPLETED");

  @Test
  @Order(1)
  void releases_underLoad_badOnesGoBackInTimeAndTheGoodOneIsPromoted(LocalSystem system) {
    JsonNode report =
        system.json(
            "bench", "rollback", "--runs", "4", "--kinds", "throws,nan,digest,good", "--json");

    assertEquals(4, report.path("trials").size(), report.toString());
    isTakenBack(report.path("trials").path(0), "throws");
    isTakenBack(report.path("trials").path(1), "nan");
    isRejected(report.path("trials").path(2));
    isPromoted(report.path("trials").path(3));
    assertEquals(30, report.path("limitSeconds").asInt(), "M+1 periods of 10 s");
    assertTrue(report.path("maxSeconds").asDouble() <= 30, report.toString());
    assertTrue(system.releases().path("active").isMissingNode(), "left as it was found");
  }

  /** After the releases above there are two good versions to go between. */
  @Test
  @Order(2)
  void rollback_askedByTwoPeopleAndAnAlarmAtOnce_isOneStoryAndBothAreTold(LocalSystem system)
      throws Exception {
    JsonNode before = system.releases();
    int serving = before.path("stable").asInt();
    int previous = before.path("previousStable").asInt();
    CyclicBarrier together = new CyclicBarrier(3);

    try (Traffic traffic = Traffic.to(system.client());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Ended> ann = threads.submit(() -> rollback(system, together, "ann"));
      Future<Ended> bob = threads.submit(() -> rollback(system, together, "bob"));
      together.await();
      system.aws().setAlarm(serving, StateValue.ALARM);
      try {
        for (Ended ended : List.of(ann.get(), bob.get())) {
          assertEquals(0, ended.code(), ended::told);
          assertTrue(ended.out().contains("to version " + previous), ended::told);
        }
        system.found(
            "the way back",
            Duration.ofMinutes(2),
            () -> Optional.of(system.aws().alias()).filter(String.valueOf(previous)::equals));
        system.found(
            "the end of the story",
            Duration.ofMinutes(2),
            () ->
                Optional.of(system.releases().path("last").path("state").asText())
                    .filter("ROLLED_BACK"::equals));
      } finally {
        system.aws().setAlarm(serving, StateValue.OK);
      }
      List<JsonNode> starts =
          system.entriesAfter(before.path("seq").asLong()).stream()
              .filter(entry -> entry.path("event").asText().endsWith("RollbackStarted"))
              .toList();
      assertEquals(1, starts.size(), starts.toString());
      String who = starts.getFirst().path("actor").asText();
      long done =
          Stream.of(ann, bob).filter(told -> told.resultNow().out().startsWith("all")).count();
      assertEquals(who.startsWith("operator:") ? 1 : 0, done, who + " began: " + starts);
      traffic.mustHaveBeenAnswered();
    }
    assertEquals(
        0, system.json("audit", "verify", LocalSystem.MODEL, "--json").path("problems").size());
  }

  private static Ended rollback(LocalSystem system, CyclicBarrier together, String actor)
      throws Exception {
    together.await();
    return system
        .commands()
        .slipway("rollback", LocalSystem.MODEL, "--actor", actor, "--reason", "errors are up");
  }

  private static void isTakenBack(JsonNode trial, String candidate) {
    assertEquals(candidate, trial.path("candidate").asText());
    assertEquals(told(BEFORE_TRAFFIC, TAKEN_BACK), story(trial), trial.toString());
    assertFalse(trial.path("moved").asBoolean(), trial.toString());
    assertTrue(trial.path("failed").asInt() > 0, "the client saw the fault: " + trial);
    assertTrue(trial.path("asItMust").asBoolean(), "within the weight's share: " + trial);
    assertTrue(trial.path("secondsToBack").asDouble() > 0, trial.toString());
  }

  private static void isRejected(JsonNode trial) {
    assertEquals("digest", trial.path("candidate").asText());
    assertEquals(List.of("PROPOSED", "VERIFYING", "REJECTED"), story(trial), trial.toString());
    assertTrue(trial.path("asItMust").asBoolean(), trial.toString());
  }

  private static void isPromoted(JsonNode trial) {
    assertEquals("good", trial.path("candidate").asText());
    assertEquals(told(BEFORE_TRAFFIC, PROMOTED), story(trial), trial.toString());
    assertTrue(trial.path("moved").asBoolean(), trial.toString());
    assertEquals(0, trial.path("failed").asInt(), trial.toString());
  }

  private static List<String> told(List<String> first, List<String> then) {
    List<String> all = new ArrayList<>(first);
    all.addAll(then);
    return all;
  }

  private static List<String> story(JsonNode trial) {
    List<String> story = new ArrayList<>();
    trial.path("story").forEach(state -> story.add(state.asText()));
    return story;
  }
}
