package dev.slipway.release;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Rule W11: one active release, a queue of one, the newest data wins. */
final class Queue {
  private Queue() {}

  static Outcome proposed(Head head, Proposal proposal, String actor, Instant at) {
    if (isKnown(head, proposal.id())) {
      return Transition.refused(
          "RELEASE_KNOWN", "release " + proposal.id() + " has been proposed already");
    }
    if (!proposal.byPerson() && isStale(head, proposal)) {
      return Transition.refused(
          "DATASET_STALE",
          "expected data newer than "
              + head.highWater().orElseThrow()
              + ", found "
              + proposal.datasetSequence().orElseThrow()
              + "; a newer run was proposed before this one ended");
    }
    HeadEditor next = new HeadEditor(head);
    proposal
        .datasetSequence()
        .filter(
            sequence -> head.highWater().filter(high -> high.compareTo(sequence) >= 0).isEmpty())
        .ifPresent(sequence -> next.highWater = Optional.of(sequence));
    proposal.wishKey().ifPresent(key -> next.triedWish = Optional.of(key));
    next.remember(proposal.id());
    supersede(head, next, at);
    next.pending = Optional.of(waiting(proposal, actor, at));
    return Transition.applied(head, next);
  }

  private static boolean isKnown(Head head, String id) {
    return head.recent().contains(id)
        || Stream.of(head.active(), head.pending(), head.last())
            .flatMap(Optional::stream)
            .anyMatch(release -> release.id().equals(id));
  }

  static Outcome refused(Head head, ReleaseEvent.Refused refused) {
    if (head.recent().contains(refused.runId())) {
      return Transition.refused(
          "RUN_KNOWN", "run " + refused.runId() + " has been refused already");
    }
    HeadEditor next = new HeadEditor(head);
    next.remember(refused.runId());
    return Transition.applied(head, next);
  }

  /** The last good content of a lost ledger is proposed again, so that it need not be retrained. */
  static Outcome epochOpened(Head head, ReleaseEvent.EpochOpened opened, String actor, Instant at) {
    if (hasHistory(head)) {
      return Transition.refused(
          "EPOCH_NOT_FIRST",
          "an epoch opens only before the first release of a ledger; this one has "
              + head.seq()
              + " entries and knows of releases");
    }
    HeadEditor next = new HeadEditor(head);
    next.previousEpoch = Optional.of(opened.previousHead());
    next.highWater = opened.datasetSequence();
    opened
        .bundleDigest()
        .ifPresent(bundle -> next.pending = Optional.of(again(opened, bundle, actor, at)));
    return Transition.applied(head, next);
  }

  /** A tick may have published the fallback responder before the epoch is opened. */
  private static boolean hasHistory(Head head) {
    return head.previousEpoch().isPresent()
        || head.active().isPresent()
        || head.pending().isPresent()
        || head.last().isPresent()
        || !head.stable().equals(head.fallback());
  }

  private static Release again(
      ReleaseEvent.EpochOpened opened, String bundle, String actor, Instant at) {
    Proposal proposal =
        new Proposal(
            "epoch-" + opened.previousSeq(),
            ReleaseKind.MODEL,
            bundle,
            opened.datasetSequence(),
            Optional.empty(),
            Optional.empty(),
            true,
            opened.reason());
    return waiting(proposal, actor, at);
  }

  private static boolean isStale(Head head, Proposal proposal) {
    return proposal
        .datasetSequence()
        .flatMap(sequence -> head.highWater().map(high -> sequence.compareTo(high) <= 0))
        .orElse(false);
  }

  /** The waiting one always makes room; the active one only while no request can reach it. */
  private static void supersede(Head head, HeadEditor next, Instant at) {
    head.pending()
        .ifPresent(old -> next.last = Optional.of(old.in(new ReleaseState.Superseded(), at)));
    head.active()
        .filter(release -> release.state() instanceof ReleaseState.BeforeTraffic)
        .ifPresent(release -> {
          Endings.retire(next, release, at);
          next.end(release, new ReleaseState.Superseded(), at);
        });
  }

  private static Release waiting(Proposal proposal, String actor, Instant at) {
    return new Release(
            proposal,
            new ReleaseState.Proposed(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            false,
            Optional.empty(),
            at,
            ReleaseSettings.defaults(),
            actor,
            List.of())
        .in(new ReleaseState.Proposed(), at);
  }

  static Outcome started(Head head, ReleaseEvent.Started started, Instant at) {
    if (head.active().isPresent() || head.pending().isEmpty() || head.stable().isEmpty()) {
      return Transition.misplaced(head, "a waiting release, none active, and a stable version");
    }
    if (!head.control().movesForward()) {
      return Transition.refused("NOT_MOVING", "releases wait while a model is paused or degraded");
    }
    HeadEditor next = new HeadEditor(head);
    next.pending = Optional.empty();
    next.active =
        head.pending()
            .map(release -> release.startedFrom(head.stable(), started.settings()))
            .map(release -> release.in(new ReleaseState.Verifying(), at));
    return Transition.applied(head, next);
  }
}
