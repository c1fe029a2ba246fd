package dev.slipway.release;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How a release ends other than by completing, and what becomes of its candidate. */
final class Endings {
  private Endings() {}

  static Outcome rejected(Head head, List<Reason> reasons, Instant at) {
    Optional<Release> active = beforeTraffic(head);
    if (active.isEmpty()) {
      return Transition.misplaced(head, "a release before traffic");
    }
    HeadEditor next = new HeadEditor(head);
    next.discard(active.get().candidate(), VersionStatus.BAD);
    next.end(active.get().because(reasons), new ReleaseState.Rejected(), at);
    return Transition.applied(head, next);
  }

  static Outcome publishFailed(Head head, List<Reason> reasons, Instant at) {
    Optional<Release> active = beforeTraffic(head);
    if (active.isEmpty()) {
      return Transition.misplaced(head, "a release before traffic");
    }
    return failed(head, active.get().because(reasons), at);
  }

  static Outcome failed(Head head, Release release, Instant at) {
    HeadEditor next = new HeadEditor(head);
    retire(next, release, at);
    next.end(release, new ReleaseState.Failed(), at);
    return Transition.applied(head, next);
  }

  /** A candidate that was never judged is not bad; it only must not be used again. */
  static void retire(HeadEditor next, Release release, Instant at) {
    if (release.candidate().isEmpty()) {
      return;
    }
    Version version = next.versions.get(release.candidate().getAsInt());
    if (version != null && version.status() == VersionStatus.CANDIDATE) {
      next.versions.put(version.number(), version.retired(at.plus(Transition.RETIREMENT)));
    }
  }

  static void rolledBack(HeadEditor next, Release release, Instant at) {
    OptionalInt target = release.target();
    condemn(next, release);
    next.stable = target;
    next.previousStable = OptionalInt.empty();
    next.regretUntil = Optional.empty();
    next.end(release, new ReleaseState.RolledBack(), at);
  }

  /** What had traffic and was taken back is bad, whatever it was before; the fallback never is. */
  static void condemn(HeadEditor next, Release release) {
    release
        .candidate()
        .ifPresent(candidate -> {
          if (next.fallback.isEmpty() || next.fallback.getAsInt() != candidate) {
            next.mark(candidate, VersionStatus.BAD);
          }
        });
  }

  private static Optional<Release> beforeTraffic(Head head) {
    return head.active().filter(release -> release.state() instanceof ReleaseState.BeforeTraffic);
  }
}
