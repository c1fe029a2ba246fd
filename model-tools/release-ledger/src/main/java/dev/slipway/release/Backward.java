package dev.slipway.release;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Going back, in time and too late (rules W10 and W12). */
final class Backward {
  private Backward() {}

  static Outcome started(Head head, int target, List<Reason> reasons, Instant at) {
    Optional<Release> active = withTraffic(head);
    if (active.isEmpty()) {
      return Transition.misplaced(head, "a release with traffic");
    }
    Release release = active.get();
    if (!isTarget(head, release.candidate(), target)) {
      return noTarget(target);
    }
    HeadEditor next = new HeadEditor(head);
    Release back = release.withTarget(target);
    next.active =
        release.state() instanceof ReleaseState.RollingBack
            ? Optional.of(back)
            : Optional.of(back.because(reasons).in(new ReleaseState.RollingBack(), at));
    return Transition.applied(head, next);
  }

  static Outcome late(Head head, ReleaseEvent.LateRollbackStarted late, String actor, Instant at) {
    if (head.active().isPresent() || head.stable().isEmpty()) {
      return Transition.misplaced(head, "a stable version and no active release");
    }
    if (head.control().mode() == Mode.PINNED) {
      return Transition.refused("PINNED", "a pinned version does not move; unpin it first");
    }
    if (!isTarget(head, head.stable(), late.target())) {
      return noTarget(late.target());
    }
    HeadEditor next = new HeadEditor(head);
    next.active = Optional.of(release(head, late, actor, at));
    next.control =
        new Control(
            head.control().mode(),
            OptionalInt.empty(),
            false,
            head.control().degraded(),
            Optional.empty());
    return Transition.applied(head, next);
  }

  private static Release release(
      Head head, ReleaseEvent.LateRollbackStarted late, String actor, Instant at) {
    String why = late.reasons().isEmpty() ? "rollback" : late.reasons().getFirst().toString();
    String bundle = head.version(late.target()).orElseThrow().content().bundleDigest().orElse("");
    Proposal proposal =
        new Proposal(
            late.id(),
            ReleaseKind.ROLLBACK,
            bundle,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            late.byPerson(),
            why);
    return new Release(
            proposal,
            new ReleaseState.RollingBack(),
            head.stable(),
            head.stable(),
            OptionalInt.of(late.target()),
            false,
            Optional.empty(),
            at,
            late.settings(),
            actor,
            late.reasons())
        .in(new ReleaseState.RollingBack(), at);
  }

  static Outcome deadline(Head head, ReleaseEvent.DeadlinePassed passed, Instant at) {
    Optional<Release> due = head.active().or(head::pending);
    if (due.isEmpty() || at.isBefore(due.get().deadline())) {
      return Transition.misplaced(head, "a release whose deadline is over");
    }
    Release release = due.get();
    List<Reason> reasons =
        Transition.reason(
            "DEADLINE_PASSED",
            release.state().label() + " lasted longer than it may; see the table of deadlines");
    return switch (release.state()) {
      case ReleaseState.Waiting _ -> {
        HeadEditor next = new HeadEditor(head);
        next.pending = Optional.empty();
        next.last = Optional.of(release.because(reasons).in(new ReleaseState.Failed(), at));
        yield Transition.applied(head, next);
      }
      case ReleaseState.BeforeTraffic _ -> Endings.failed(head, release.because(reasons), at);
      case ReleaseState.RollingBack _ -> overdue(head, release, at);
      case ReleaseState.WithTraffic _ ->
          passed.target().isPresent()
              ? started(head, passed.target().getAsInt(), reasons, at)
              : Transition.refused("TARGET_MISSING", "with traffic a deadline needs a target");
      case ReleaseState.Terminal _ -> Transition.misplaced(head, "a release in flight");
    };
  }

  private static Outcome overdue(Head head, Release release, Instant at) {
    HeadEditor next = new HeadEditor(head);
    next.control = head.control().degradedBy("rolling back " + release.id() + " is overdue");
    next.active = Optional.of(release.in(new ReleaseState.RollingBack(), at));
    return Transition.applied(head, next);
  }

  static boolean isTarget(Head head, OptionalInt candidate, int target) {
    return head.is(target, VersionStatus.GOOD)
        && (candidate.isEmpty() || candidate.getAsInt() != target);
  }

  private static Optional<Release> withTraffic(Head head) {
    return head.active().filter(release -> release.state() instanceof ReleaseState.WithTraffic);
  }

  private static Outcome noTarget(int target) {
    return Transition.refused(
        "TARGET_NOT_GOOD", "version " + target + " is not a good version to go back to");
  }
}
