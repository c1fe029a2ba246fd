package dev.slipway.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.bundle.BundleFile;
import dev.slipway.control.port.InvokeReply;
import dev.slipway.control.simulator.Simulation;
import dev.slipway.release.AliasContent;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseState;
import dev.slipway.release.VersionStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole releases on the simulator, through the function's own door. */
final class ReleaseEndToEndTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Simulation world = new Simulation();

  @Test
  void firstLook_freshStack_publishesFallbackAndOpensTheGateway() {
    JsonNode reply = world.look();

    assertFalse(reply.path("active").asBoolean(), reply.toString());
    assertEquals(OptionalInt.of(1), world.head().fallback());
    assertEquals(AliasContent.only(1), world.lambda().alias().orElseThrow().content());
    assertTrue(world.lambda().isGatewayAllowed());
  }

  @Test
  void firstModel_goldenRequestsPass_completesReplayGated() {
    String bundle = firstModel();

    assertEquals(new ReleaseState.Completed(), world.head().last().orElseThrow().state());
    assertEquals(OptionalInt.of(2), world.head().stable());
    assertEquals(bundle, world.head().liveBundle().orElseThrow());
    assertEquals(AliasContent.only(2), world.lambda().alias().orElseThrow().content());
    assertTrue(world.head().last().orElseThrow().replayGated());
    assertTrue(world.traffic().watched().contains(2));
    assertEquals(List.of(), world.ledger().audit(Simulation.MODEL).problems());
  }

  @Test
  void secondModel_underTraffic_goesThroughTheCanary() {
    firstModel();
    world.traffic().send(20_000);
    world.propose("two");
    world.run(50, LONG);

    assertEquals(OptionalInt.of(3), world.head().stable());
    assertTrue(
        world.lambda().aliasHistory().contains(AliasContent.split(2, 3, 50)),
        world.lambda().aliasHistory().toString());
    assertEquals(OptionalInt.of(2), world.head().previousStable());
  }

  @Test
  void canary_failsUnderTraffic_rollsBackAndNeverServesAgain() {
    firstModel();
    world.traffic().send(20_000);
    world.traffic().fail(3);
    world.propose("two");
    world.run(50, LONG);

    assertEquals(new ReleaseState.RolledBack(), world.head().last().orElseThrow().state());
    assertEquals(AliasContent.only(2), world.lambda().alias().orElseThrow().content());
    assertTrue(world.head().is(3, VersionStatus.RETIRED), "bad versions go after their grace");
    assertTrue(world.head().last().orElseThrow().reasons().toString().contains("ERROR_RATE_BAD"));
    assertFalse(world.pages().isEmpty());
  }

  @Test
  void canary_isSlow_rollsBackWithTheNumbersInTheLedger() {
    firstModel();
    world.traffic().send(20_000);
    world.traffic().slow(3);
    world.propose("two");
    world.run(50, LONG);

    assertEquals(AliasContent.only(2), world.lambda().alias().orElseThrow().content());
    assertTrue(world.head().last().orElseThrow().reasons().toString().contains("LATENCY_WORSE"));
    assertTrue(
        world.story().stream().anyMatch(entry -> entry.evidence().containsKey("latencyLogE")));
  }

  @Test
  void replay_secondModel_standsInTheLedgerBeforeTheShift() {
    firstModel();
    world.traffic().send(20_000);
    world.propose("two");
    world.run(50, LONG);

    SortedMap<String, String> evidence =
        world.story().stream()
            .filter(entry -> entry.event() instanceof ReleaseEvent.ShiftStarted)
            .toList()
            .getLast()
            .evidence();
    assertEquals("1", evidence.get("replayPairs"), evidence.toString());
    assertEquals("0", evidence.get("replayOnlyBaselineValid"), evidence.toString());
  }

  @Test
  void goldenRequest_answersNaN_rejectsBeforeAnyTraffic() {
    firstModel();
    String bundle = world.propose("two");
    world.answer(
        bundle,
        new InvokeReply(
            "",
            "{\"statusCode\":200,\"body\":\"{\\\"outputs\\\":[{\\\"name\\\":\\\"prediction\\\","
                + "\\\"datatype\\\":\\\"FP32\\\",\\\"shape\\\":[1,1],\\\"data\\\":[9]}]}\"}"));
    world.run(0, LONG);

    assertRejected("GOLDEN_MISMATCH");
  }

  @Test
  void goldenRequest_crashes_rejectsBeforeAnyTraffic() {
    firstModel();
    world.answer(world.propose("two"), new InvokeReply("Unhandled", "{\"errorMessage\":\"x\"}"));
    world.run(0, LONG);

    assertRejected("GOLDEN_CRASHED");
  }

  @Test
  void layer_changedAfterSigning_isRejected() {
    firstModel();
    String bundle = world.propose("two");
    world
        .bundles()
        .put(Simulation.MODEL, bundle, BundleFile.LAYER, "no".getBytes(StandardCharsets.UTF_8));
    world.run(0, LONG);

    assertRejected("LAYER_MISMATCH");
  }

  @Test
  void signature_missing_isRejected() {
    firstModel();
    String bundle = world.propose("two");
    world.bundles().remove(Simulation.MODEL, bundle, BundleFile.SIGNATURE);
    world.run(0, LONG);

    assertRejected("BUNDLE_FILE_MISSING");
  }

  /** terraform-provider-aws 48116: weights and provisioned concurrency do not go together. */
  @ParameterizedTest
  @ValueSource(strings = {"live", "2", "3"})
  void terraformProviderAws48116_provisionedConcurrency_noWeightIsEverAskedFor(String qualifier) {
    firstModel();
    world.traffic().send(20_000);
    world.lambda().provision(qualifier);
    world.propose("two");
    world.run(50, LONG);

    assertRejected("WEIGHTS_IMPOSSIBLE");
    String reason = world.head().last().orElseThrow().reasons().toString();
    assertTrue(reason.contains(qualifier + " of slipway-demo has provisioned"), reason);
  }

  @Test
  void provisionedConcurrency_ofAVersionThatDoesNotServe_isNoHindrance() {
    firstModel();
    world.traffic().send(20_000);
    world.lambda().provision("1");
    world.propose("two");
    world.run(50, LONG);

    assertEquals(OptionalInt.of(3), world.head().stable());
  }

  @Test
  void roles_ofTheTwoVersionsDiffer_isRejectedBeforeAnyTraffic() {
    firstModel();
    world.traffic().send(20_000);
    world.deployCode("b", "another-role");
    world.run(50, LONG);

    assertRejected("WEIGHTS_IMPOSSIBLE");
  }

  @Test
  void stackDeploy_changedCode_isACodeReleaseOfTheSameBundle() {
    String bundle = firstModel();
    world.deployCode("b");
    world.run(10, LONG);

    assertEquals(OptionalInt.of(3), world.head().stable());
    assertEquals(bundle, world.head().liveBundle().orElseThrow());
    assertEquals("b".repeat(64), world.head().version(3).orElseThrow().content().codeSha256());
  }

  @Test
  void lateAlarm_afterCompletion_rollsBackToTheVersionBefore() {
    firstModel();
    world.propose("two");
    world.run(10, LONG);
    world.traffic().raise(3, true);
    world.run(10, LONG);

    assertEquals(OptionalInt.of(2), world.head().stable());
    assertEquals(AliasContent.only(2), world.lambda().alias().orElseThrow().content());
  }

  @Test
  void rollback_askedTwice_isOneStory() {
    firstModel();
    world.propose("two");
    world.run(10, LONG);

    assertEquals("DONE", world.command("rollback", "ann").path("outcome").asText());
    JsonNode second = world.command("rollback", "bob");

    assertEquals("ALREADY", second.path("outcome").asText());
    assertTrue(second.path("message").asText().contains("ann"), second.toString());
    assertEquals(OptionalInt.of(2), world.head().stable());
    assertEquals(1, count(ReleaseEvent.LateRollbackStarted.class));
  }

  @Test
  void pin_whileACanaryRuns_endsItAndHolds() {
    firstModel();
    world.traffic().send(20_000);
    world.propose("two");
    world.look();
    assertTrue(world.lambda().alias().orElseThrow().content().serves().contains(3));

    assertEquals("DONE", world.command("pin", "ann", "version", "2").path("outcome").asText());
    world.propose("three");
    world.run(10, Duration.ofMinutes(1));

    assertEquals(AliasContent.only(2), world.lambda().alias().orElseThrow().content());
    assertTrue(world.head().control().pinConfirmed());
    assertTrue(world.head().pending().isPresent());
  }

  @Test
  void openEpoch_ledgerLost_republishesTheLastBundleWithoutTraining() {
    String bundle = world.bundles().add(Simulation.MODEL, "old");
    JsonNode opened =
        world.command(
            "open-epoch",
            "up",
            "previousHead",
            "a".repeat(64),
            "previousSeq",
            "17",
            "bundleDigest",
            bundle);
    world.run(0, LONG);

    assertEquals("DONE", opened.path("outcome").asText(), opened.toString());
    assertEquals(bundle, world.head().liveBundle().orElseThrow());
    assertEquals(1, count(ReleaseEvent.EpochOpened.class));
  }

  @Test
  void aliasMovedByHand_toUnverified_isPutBack() {
    firstModel();
    world.traffic().send(20_000);
    world.traffic().fail(3);
    world.propose("two");
    world.run(50, LONG);
    world.lambda().moveByHand(AliasContent.only(3));
    world.look();

    assertEquals(AliasContent.only(2), world.lambda().alias().orElseThrow().content());
    assertEquals(1, count(ReleaseEvent.ForeignAliasRefused.class));
  }

  @Test
  void quietModel_oneLook_makesAtMostFiveCalls() {
    firstModel();
    var controller = world.controller();
    var call = new com.fasterxml.jackson.databind.ObjectMapper().createObjectNode();
    call.put("source", "release-loop").put("model", Simulation.MODEL);
    controller.handle(call);
    world.faults().choose((number, name) -> dev.slipway.control.simulator.Faults.Fault.NONE);
    controller.handle(call);

    // One more is the read of the ledger's next entry.
    assertTrue(world.faults().calls().size() + 1 <= 5, world.faults().calls().toString());
  }

  private String firstModel() {
    world.look();
    String bundle = world.propose("one");
    world.run(0, LONG);
    return bundle;
  }

  private void assertRejected(String code) {
    assertEquals(new ReleaseState.Rejected(), world.head().last().orElseThrow().state());
    assertTrue(
        world.head().last().orElseThrow().reasons().toString().contains(code),
        world.head().last().toString());
    assertEquals(OptionalInt.of(2), world.head().stable());
    assertTrue(
        world.lambda().aliasHistory().stream().noneMatch(alias -> alias.serves().contains(3)));
  }

  private long count(Class<? extends ReleaseEvent> type) {
    return world.story().stream().filter(entry -> type.isInstance(entry.event())).count();
  }
}
