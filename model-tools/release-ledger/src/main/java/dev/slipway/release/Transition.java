package dev.slipway.release;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How an event changes a head. Pure and total: every event has an answer in every state, and an
 * event that makes no sense is refused with the reason. The same function runs in the product,
 * folds the ledger, and is explored by the tests.
 */
public final class Transition {
  /** Longest life of a worker that may still act on what it read (W8): at least one hour. */
  static final Duration RETIREMENT = Duration.ofHours(1);

  private Transition() {}

  /**
   * {@return what {@code event} does to {@code head}}
   *
   * @param head the state read
   * @param event what happens
   * @param actor who makes it happen
   * @param at time of the event
   */
  public static Outcome apply(Head head, ReleaseEvent event, String actor, Instant at) {
    return switch (event) {
      case ReleaseEvent.EpochOpened opened -> Queue.epochOpened(head, opened, actor, at);
      case ReleaseEvent.FallbackWanted _ -> fallbackWanted(head);
      case ReleaseEvent.FallbackRecorded recorded -> fallbackRecorded(head, recorded);
      case ReleaseEvent.Proposed proposed -> Queue.proposed(head, proposed.proposal(), actor, at);
      case ReleaseEvent.Refused refused -> Queue.refused(head, refused);
      case ReleaseEvent.Started started -> Queue.started(head, started, at);
      case ReleaseEvent.VerificationPassed _ ->
          Forward.move(head, ReleaseState.Verifying.class, new ReleaseState.Verified(), at);
      case ReleaseEvent.Rejected rejected -> Endings.rejected(head, rejected.reasons(), at);
      case ReleaseEvent.PublishingStarted _ ->
          Forward.move(head, ReleaseState.Verified.class, new ReleaseState.Publishing(), at);
      case ReleaseEvent.VersionRecorded recorded -> Forward.versionRecorded(head, recorded, at);
      case ReleaseEvent.ShiftStarted shift -> Forward.shiftStarted(head, shift, at);
      case ReleaseEvent.AliasConfirmed confirmed -> Forward.aliasConfirmed(head, confirmed, at);
      case ReleaseEvent.Passed _ -> Forward.passed(head, at);
      case ReleaseEvent.RollbackStarted rollback ->
          Backward.started(head, rollback.target(), rollback.reasons(), at);
      case ReleaseEvent.LateRollbackStarted late -> Backward.late(head, late, actor, at);
      case ReleaseEvent.DeadlinePassed passed -> Backward.deadline(head, passed, at);
      case ReleaseEvent.PublishFailed failed -> Endings.publishFailed(head, failed.reasons(), at);
      case ReleaseEvent.Paused _ -> People.paused(head);
      case ReleaseEvent.Resumed _ -> People.resumed(head);
      case ReleaseEvent.AbortAsked abort -> People.abort(head, abort, at);
      case ReleaseEvent.Pinned pinned -> People.pinned(head, pinned.version(), at);
      case ReleaseEvent.Unpinned _ -> People.unpinned(head);
      case ReleaseEvent.Degraded degraded -> degraded(head, degraded);
      case ReleaseEvent.ForeignAliasAdopted foreign -> People.adopted(head, foreign.content(), at);
      case ReleaseEvent.ForeignAliasRefused _ -> applied(head, new HeadEditor(head));
      case ReleaseEvent.VersionRetired retired -> Removal.retired(head, retired);
      case ReleaseEvent.VersionDeleted deleted -> Removal.deleted(head, deleted.version(), at);
    };
  }

  static Outcome applied(Head before, HeadEditor editor) {
    Head after = editor.toHead();
    return new Outcome.Applied(after, label(before), label(after));
  }

  static Outcome refused(String code, String message) {
    return new Outcome.Refused(new Reason(code, message));
  }

  static Outcome misplaced(Head head, String expected) {
    return refused(
        "EVENT_MISPLACED",
        "expected " + expected + ", found " + label(head) + "; read the ledger again and re-plan");
  }

  /** {@return the label of what is active, or of what ended last, or {@code -}} */
  static String label(Head head) {
    return head.active()
        .or(head::last)
        .map(release -> release.state().label())
        .orElse(head.pending().isPresent() ? "PROPOSED" : "-");
  }

  private static Outcome fallbackWanted(Head head) {
    if (head.fallback().isPresent()) {
      return misplaced(head, "a ledger without a fallback");
    }
    HeadEditor next = new HeadEditor(head);
    next.fallback = OptionalInt.of(1);
    return applied(head, next);
  }

  private static Outcome fallbackRecorded(Head head, ReleaseEvent.FallbackRecorded recorded) {
    if (head.fallback().isEmpty() || head.stable().isPresent()) {
      return misplaced(head, "a fallback that is wanted and not yet recorded");
    }
    HeadEditor next = new HeadEditor(head);
    OptionalInt number = OptionalInt.of(recorded.version());
    next.fallback = number;
    next.stable = number;
    next.versions.put(
        recorded.version(),
        new Version(
            recorded.version(), recorded.content(), VersionStatus.GOOD, false, Optional.empty()));
    return applied(head, next);
  }

  private static Outcome degraded(Head head, ReleaseEvent.Degraded degraded) {
    if (head.control().degraded().isPresent()) {
      return refused(
          "ALREADY_DEGRADED", "the model is degraded already; resume it when it is well");
    }
    HeadEditor next = new HeadEditor(head);
    next.control = head.control().degradedBy(degraded.reason());
    return applied(head, next);
  }

  static List<Reason> reason(String code, String message) {
    return List.of(new Reason(code, message));
  }
}
