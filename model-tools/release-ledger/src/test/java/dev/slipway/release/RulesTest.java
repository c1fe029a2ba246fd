package dev.slipway.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One test for each rule of the design, by its number. */
final class RulesTest {
  private static final AliasContent TWO = AliasContent.only(2);
  private static final AliasContent THREE = AliasContent.only(3);
  private static final AliasContent CANARY = AliasContent.split(3, 4, 10);

  @Test
  void w1_aliasMovedByAnotherWriterToAnUnverifiedVersion_isPutBack() {
    Story story = Story.serving(3);

    Plan plan = story.look(Optional.of(Story.foreign(AliasContent.only(9))));

    assertEquals(new Plan.RestoreAlias(AliasContent.only(9), THREE), plan);
  }

  @Test
  void w2_everyAliasWrite_isWhatTheLedgerAlreadyWants() {
    Story story = Story.serving(3).proposed("run-4").published(4);
    assertEquals(THREE, story.desired());

    story.shifted(false);

    assertEquals(CANARY, story.desired());
    assertEquals(new Plan.MoveAlias(CANARY, false), story.look(Optional.of(story.seen(THREE))));
  }

  @Test
  void w3_staleAliasReadBeforeTheHead_plansTheNewHeadsWish() {
    Story story = Story.inCanary();
    Optional<View.SeenAlias> old = Optional.of(story.seen(CANARY));
    story.then(new ReleaseEvent.RollbackStarted(3, Story.WHY));

    assertEquals(new Plan.MoveAlias(THREE, true), story.look(old));
  }

  @Test
  void w4_confirmationOfAnythingButTheWish_isRefused() {
    Story story = Story.inCanary().then(new ReleaseEvent.RollbackStarted(3, Story.WHY));

    assertEquals("ALIAS_NOT_DESIRED", story.refusal(new ReleaseEvent.AliasConfirmed(CANARY)));
  }

  @Test
  void w5_aliasThatAlreadyLooksRight_isWrittenAgain() {
    Story story = Story.inCanary().then(new ReleaseEvent.RollbackStarted(3, Story.WHY));

    Plan plan = story.look(Optional.of(story.seen(THREE)));

    assertEquals(new Plan.MoveAlias(THREE, true), plan);
    assertEquals("ROLLING_BACK", story.state());
  }

  @Test
  void w6_everyTransition_takesTheNextNumber() {
    Story story = Story.serving(3);
    long before = story.head().seq();

    story.proposed("run-4");

    assertEquals(before + 1, story.head().seq());
  }

  @Test
  void w7_versionThatIsGone_isNeverRecorded() {
    Story story = Story.serving(3).proposed("run-4").published(4);
    story.then(new ReleaseEvent.AbortAsked(OptionalInt.empty(), "stop")).proposed("run-5");
    story.publishing();

    assertTrue(story.head().is(4, VersionStatus.RETIRED));
    assertEquals("VERSION_NOT_REUSABLE", story.refusal(story.recorded(4)));
  }

  @Test
  void w8_versionThatServesOrIsNeeded_isNeverRetired() {
    Story story = Story.serving(5);
    Instant grace = story.now().plus(Duration.ofHours(1));

    for (int needed : List.of(1, 4, 5)) {
      assertEquals(
          "VERSION_PROTECTED", story.refusal(new ReleaseEvent.VersionRetired(needed, grace)));
    }
    assertEquals(List.of(2, 3), Removal.retirable(story.head(), Set.of(5), story.now()));
  }

  @Test
  void w8_retiredVersion_isDeletedAfterAnHourOnly() {
    Story story = Story.serving(5);
    Instant grace = story.now().plus(Duration.ofHours(1));
    story.then(new ReleaseEvent.VersionRetired(2, grace)).later(Duration.ofMinutes(59));
    assertEquals("VERSION_NOT_DUE", story.refusal(new ReleaseEvent.VersionDeleted(2)));

    story.later(Duration.ofMinutes(1)).then(new ReleaseEvent.VersionDeleted(2));

    assertTrue(story.head().is(2, VersionStatus.DELETED));
  }

  @Test
  void w9_evidence_countsFromTheConfirmedWriteAndTheSettlingOnly() {
    Story story = Story.inCanary();

    assertEquals(
        Optional.of(story.now().plus(Story.SETTINGS.settle())),
        story.head().active().orElseThrow().evidenceFrom());
    assertEquals("EVIDENCE_MISSING", story.refusal(new ReleaseEvent.Passed()));
  }

  @Test
  void w9_alarmOfTheCandidate_rollsBackWithoutAVerdict() {
    assertEquals("ROLLING_BACK", Story.inCanary().acted(4).state());
  }

  @Test
  void w10_deadlineBeforeTraffic_fails() {
    Story story = Story.serving(3).proposed("run-4").published(4);

    story.later(Duration.ofMinutes(15)).acted();

    assertEquals("FAILED", story.state());
    assertEquals(THREE, story.desired());
  }

  @Test
  void w10_deadlineWithTraffic_rollsBack() {
    Story story = Story.inCanary().later(Duration.ofHours(1)).acted();

    assertEquals("ROLLING_BACK", story.state());
    assertEquals("ROLLED_BACK", story.confirmed().state());
    assertEquals(THREE, story.desired());
  }

  @Test
  void w10_overdueRollback_isDegradedAndKeepsTrying() {
    Story story = Story.inCanary().acted(4).later(Duration.ofMinutes(10)).acted();

    assertTrue(story.head().control().degraded().isPresent());
    assertEquals(new Plan.MoveAlias(THREE, true), story.look(Optional.of(story.seen(CANARY))));
  }

  /** Found by the model check: paused in a canary, and every other version in ALARM. */
  @Test
  void w10_deadlineWithTrafficAndNothingQuiet_degradesAndGoesBackToTheLeastBadGoodVersion() {
    Story story = Story.inCanary().then(new ReleaseEvent.Paused("wait"));
    story.later(Duration.ofHours(1)).acted(1, 2, 3);
    assertTrue(story.head().control().degraded().isPresent());

    story.acted(1, 2, 3);

    assertEquals("ROLLING_BACK", story.state());
    assertEquals(THREE, story.desired());
  }

  @Test
  void w11_newerProposals_waitInAQueueOfOneWhileTrafficIsShifted() {
    Story story = Story.inCanary().proposed("run-5").proposed("run-6");

    assertEquals("run-4", story.head().active().orElseThrow().id());
    assertEquals("run-6", story.head().pending().orElseThrow().id());
    assertInstanceOf(ReleaseState.Superseded.class, story.head().last().orElseThrow().state());
  }

  @Test
  void w11_olderData_isRefused() {
    Story story = Story.serving(3);
    DatasetSequence newer = new DatasetSequence(Instant.parse("2026-02-02T00:00:00Z"), "v2");
    DatasetSequence older = new DatasetSequence(Instant.parse("2026-02-01T00:00:00Z"), "v1");
    story.then(new ReleaseEvent.Proposed(Story.proposal("run-5", "b5", Optional.of(newer))));

    assertEquals(
        "DATASET_STALE",
        story.refusal(
            new ReleaseEvent.Proposed(Story.proposal("run-4", "b4", Optional.of(older)))));
  }

  @Test
  void w12_rollbackTarget_isTheBaselineElseTheNewestQuietGoodElseTheFallback() {
    Head head = Story.inCanary().head();

    assertEquals(OptionalInt.of(3), RollbackTarget.choose(head, Set.of()));
    assertEquals(OptionalInt.of(2), RollbackTarget.choose(head, Set.of(3)));
    assertEquals(OptionalInt.of(1), RollbackTarget.choose(head, Set.of(2, 3)));
    assertEquals(OptionalInt.empty(), RollbackTarget.choose(head, Set.of(1, 2, 3)));
  }

  @Test
  void w13_pause_blocksForwardMovesAndNoRollback() {
    Story story = Story.inCanary().then(new ReleaseEvent.Paused("wait"));
    story.later(Duration.ofMinutes(12));

    assertEquals("NOT_MOVING", story.refusal(new ReleaseEvent.Passed()));
    assertEquals("ROLLING_BACK", story.acted(4).state());
  }

  @Test
  void w13_pin_needsAGoodVersionAndEndsTheRelease() {
    Story story = Story.inCanary();
    assertEquals("PIN_NOT_GOOD", story.refusal(new ReleaseEvent.Pinned(4, "mine")));

    story.then(new ReleaseEvent.Pinned(2, "mine"));

    assertTrue(story.head().active().isEmpty());
    assertEquals(TWO, story.desired());
    story.confirmed().acted(2, 3, 4);
    assertInstanceOf(Plan.Rest.class, story.look(2, 3, 4));
    assertEquals(TWO, story.desired());
  }

  @Test
  void w13_pinOfTheVersionThatIsRolledBack_leavesItGood() {
    Story story = Story.serving(3).acted(3);
    assertEquals("ROLLING_BACK", story.state());

    story.then(new ReleaseEvent.Pinned(3, "keep it"));

    assertTrue(story.head().is(3, VersionStatus.GOOD));
    assertEquals(THREE, story.desired());
  }

  @Test
  void w14_foreignWriteOfGoodVersions_isAdoptedAndPauses() {
    Story story = Story.serving(3);

    Plan plan = story.look(Optional.of(Story.foreign(TWO)));
    story.then(assertInstanceOf(Plan.Write.class, plan).event());

    assertEquals(TWO, story.desired());
    assertEquals(Mode.PAUSED, story.head().control().mode());
    assertFalse(story.head().isAliasConfirmed());
  }
}
