package dev.slipway.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Public incidents of other release controllers, by their numbers: the same sequence, and the right
 * end. What needs the control plane itself is tested in {@code functions/release-control}: that a
 * release beside provisioned concurrency is refused, by {@code ReleaseEndToEndTest}.
 */
final class IncidentsTest {
  private static final AliasContent THREE = AliasContent.only(3);
  private static final OptionalInt BACK_TO_THREE = OptionalInt.of(3);

  /** An aborted canary kept its weight. */
  @Test
  void argoRollouts4841_abortedCanary_returnsItsWeightToZero() {
    Story story = Story.inCanary().then(new ReleaseEvent.AbortAsked(BACK_TO_THREE, "stop"));
    assertInstanceOf(
        Plan.MoveAlias.class, story.look(Optional.of(story.seen(AliasContent.split(3, 4, 10)))));

    story.confirmed();

    assertEquals("ROLLED_BACK", story.state());
    assertEquals(THREE, story.desired());
  }

  /** An abort was ignored once full promotion had been asked for. */
  @Test
  void argoRollouts4461_abortWhilePromotingOrWatching_isObeyed() {
    Story promoting = Story.inCanary().passed().confirmed().passed();
    assertEquals("PROMOTING", promoting.state());
    promoting.then(new ReleaseEvent.AbortAsked(BACK_TO_THREE, "stop"));
    Story watching = Story.inCanary().passed().confirmed().passed().confirmed();
    assertEquals("WATCHING", watching.state());
    watching.then(new ReleaseEvent.AbortAsked(BACK_TO_THREE, "stop"));

    assertEquals(List.of(THREE, THREE), List.of(promoting.desired(), watching.desired()));
  }

  /** The rollback waited for ever for a stable version that was bad itself. */
  @Test
  void argoRollouts1774_stableVersionBadDuringARollback_anotherGoodOneIsChosen() {
    Story story = Story.inCanary().acted(4);
    assertEquals(THREE, story.desired());

    story.acted(3, 4);

    assertEquals(AliasContent.only(2), story.desired());
    assertEquals("ROLLED_BACK", story.confirmed().state());
  }

  /** A bad stable version blocked the release that would have repaired it. */
  @Test
  void argoRollouts995_stableVersionInAlarm_theFixIsReleasedAllTheSame() {
    Story story = Story.serving(3).later(Duration.ofDays(2)).proposed("fix");

    story.acted(3);

    assertEquals("VERIFYING", story.state());
    assertEquals("fix", story.head().active().orElseThrow().id());
  }

  /** A stable version that turned bad after its rollout stayed. */
  @Test
  void argoRollouts3110_stableVersionTurnsBadAfterItsRelease_theOneBeforeServesAgain() {
    Story story = Story.serving(3).acted(3).confirmed();

    assertEquals("ROLLED_BACK", story.state());
    assertEquals(AliasContent.only(2), story.desired());
    assertTrue(story.head().is(3, VersionStatus.BAD));
  }

  /** What had been aborted could not be tried again. */
  @Test
  void argoRollouts3120_abortedBundleProposedAgain_isReleased() {
    Story story = Story.inCanary().then(new ReleaseEvent.AbortAsked(BACK_TO_THREE, "stop"));
    story.confirmed();
    story.then(
        new ReleaseEvent.Proposed(Story.proposal("again", "bundle-run-4", Optional.empty())));

    story.published(5).shifted(false).confirmed().passed().confirmed().passed().confirmed();
    story.passed();

    assertEquals("COMPLETED", story.state());
    assertEquals(AliasContent.only(5), story.desired());
  }

  /** The service switched to and fro after an abort. */
  @Test
  void argoRollouts3078_afterAnAbort_nothingMovesAnyMore() {
    Story story = Story.inCanary().then(new ReleaseEvent.AbortAsked(BACK_TO_THREE, "stop"));
    story.confirmed().acted();
    assertTrue(story.head().is(4, VersionStatus.RETIRED));

    for (int look = 0; look < 100; look++) {
      assertInstanceOf(Plan.Rest.class, story.later(Duration.ofSeconds(10)).look());
    }
  }

  /** Restarting an aborted rollout shifted traffic at once. */
  @Test
  void argoRollouts1665_abortedReleaseStartedAgain_getsNoTrafficBeforeItsProbe() {
    Story story = Story.inCanary().then(new ReleaseEvent.AbortAsked(BACK_TO_THREE, "stop"));
    story.confirmed();
    story.then(
        new ReleaseEvent.Proposed(Story.proposal("again", "bundle-run-4", Optional.empty())));
    assertEquals(THREE, story.desired());

    story.published(5);

    assertEquals(THREE, story.desired());
    assertInstanceOf(Plan.Probe.class, story.look());
  }

  /** A new revision after an abort never progressed. */
  @Test
  void argoRollouts2048_newReleaseAfterAnAbort_startsByItself() {
    Story story = Story.inCanary().proposed("next");
    story.then(new ReleaseEvent.AbortAsked(BACK_TO_THREE, "stop")).confirmed();

    story.acted();

    assertEquals("next", story.head().active().orElseThrow().id());
  }

  /** A second deployment failed with a conflict, and unchanged code made version after version. */
  @Test
  void sam291_secondReleaseWaitsAndAnUnchangedWishMakesNoVersion() {
    Story story = Story.inCanary().proposed("second");
    assertEquals("second", story.head().pending().orElseThrow().id());

    assertInstanceOf(Plan.Rest.class, Story.serving(3).look());
  }

  /** The alarm that the failed deployment left on stopped the deployment of its fix. */
  @Test
  void sam716_alarmOfTheVersionRolledBackStaysOn_theFixIsReleased() {
    Story story = Story.inCanary().acted(4).confirmed().proposed("fix").acted(4);
    story
        .then(new ReleaseEvent.VerificationPassed())
        .then(new ReleaseEvent.PublishingStarted())
        .then(story.recorded(5));

    assertInstanceOf(Plan.Probe.class, story.look(4));
    assertInstanceOf(Plan.Judge.class, story.shifted(false).confirmed().look(4));
  }

  /** Weights that moved by themselves, as AWS moves them for provisioned concurrency. */
  @Test
  void terraformProviderAws48116_weightsThatNobodyAskedFor_areNotTakenForOurs() {
    Story story = Story.serving(3);
    AliasContent moved = AliasContent.split(3, 9, 25);

    Plan plan =
        story.look(Optional.of(new View.SeenAlias(moved, OptionalLong.of(story.head().seq()))));

    assertEquals(new Plan.RestoreAlias(moved, THREE), plan);
  }

  /** A repeated key with another payload was answered as if it were the same. */
  @Test
  void powertools2260_sameIdWithAnotherBundle_changesNothing() {
    Story story = Story.serving(3).proposed("run-4");

    assertEquals(
        "RELEASE_KNOWN",
        story.refusal(
            new ReleaseEvent.Proposed(Story.proposal("run-4", "other", Optional.empty()))));
    assertEquals("bundle-run-4", story.head().pending().orElseThrow().proposal().bundleDigest());
  }

  /** A stop without rollback left the weights, and every later deployment failed. */
  @Test
  void codeDeploy_stoppedInTheMiddle_weightsDoNotStay() {
    Story story = Story.inCanary().then(new ReleaseEvent.Paused("stop here"));

    story.later(Duration.ofHours(1)).acted().confirmed();

    assertEquals("ROLLED_BACK", story.state());
    assertEquals(THREE, story.desired());
  }

  /** The old version was deleted just after the alias moved: users saw 502. */
  @Test
  void azul7883_versionThatServedAMomentAgo_isKept() {
    Story story = Story.serving(3);

    assertEquals(List.of(), Removal.retirable(story.head(), Set.of(3), story.now()));
    assertEquals(
        "VERSION_PROTECTED",
        story.refusal(new ReleaseEvent.VersionRetired(2, story.now().plusSeconds(1))));
  }
}
