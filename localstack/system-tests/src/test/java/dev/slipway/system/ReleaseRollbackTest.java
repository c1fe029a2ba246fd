package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * {@code bench rollback} under the load of its own HTTP client: versions that turn bad when clients
 * use them are taken back in time, a good one under the same load is promoted.
 */
@SystemTest
@Order(4)
class ReleaseRollbackTest {
  private static final List<String> BEFORE_TRAFFIC =
      List.of("PROPOSED", "VERIFYING", "VERIFIED", "PUBLISHING", "PUBLISHED");
  private static final List<String> TAKEN_BACK =
      List.of("SHIFTING(1)", "CANARY(1)", "ROLLING_BACK", "ROLLED_BACK");
  private static final List<String> PROMOTED =
      List.of("SHIFTING(1)", "CANARY(1)", "PROMOTING", "WATCHING", "COMPLETED");

  @Test
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
