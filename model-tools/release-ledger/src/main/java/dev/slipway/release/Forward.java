package dev.slipway.release;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Steps of a release that goes well. */
final class Forward {
  private Forward() {}

  static Outcome move(Head head, Class<? extends ReleaseState> from, ReleaseState to, Instant at) {
    Optional<Release> active = in(head, from);
    if (active.isEmpty()) {
      return Transition.misplaced(head, from.getSimpleName());
    }
    boolean forward = !(to instanceof ReleaseState.Verified);
    if (forward && !head.control().movesForward()) {
      return notMoving();
    }
    HeadEditor next = new HeadEditor(head);
    next.active = active.map(release -> release.in(to, at));
    return Transition.applied(head, next);
  }

  static Outcome versionRecorded(Head head, ReleaseEvent.VersionRecorded recorded, Instant at) {
    Optional<Release> active = in(head, ReleaseState.Publishing.class);
    if (active.isEmpty()) {
      return Transition.misplaced(head, "PUBLISHING");
    }
    Optional<Version> known = head.version(recorded.version());
    if (known.isPresent() && !reusable(known.get(), recorded.content())) {
      return Transition.refused(
          "VERSION_NOT_REUSABLE",
          "version "
              + recorded.version()
              + " is "
              + known.get().status()
              + " with other content or gone; publish a new one");
    }
    HeadEditor next = new HeadEditor(head);
    if (known.isEmpty()) {
      next.versions.put(
          recorded.version(),
          new Version(
              recorded.version(),
              recorded.content(),
              VersionStatus.CANDIDATE,
              false,
              Optional.empty()));
    }
    next.active =
        active
            .map(release -> release.withCandidate(recorded.version()))
            .map(release -> release.in(new ReleaseState.Published(), at));
    return Transition.applied(head, next);
  }

  private static boolean reusable(Version version, Content content) {
    return version.content().equals(content)
        && switch (version.status()) {
          case CANDIDATE, GOOD -> true;
          case BAD, RETIRED, DELETED -> false;
        };
  }

  static Outcome shiftStarted(Head head, ReleaseEvent.ShiftStarted shift, Instant at) {
    Optional<Release> active = in(head, ReleaseState.Published.class);
    if (active.isEmpty()) {
      return Transition.misplaced(head, "PUBLISHED");
    }
    if (!head.control().movesForward()) {
      return notMoving();
    }
    boolean oneShift = shift.replayGated() || active.get().settings().steps().isEmpty();
    ReleaseState to = oneShift ? new ReleaseState.Promoting() : new ReleaseState.Shifting(0);
    HeadEditor next = new HeadEditor(head);
    next.active = active.map(release -> release.gated(shift.replayGated()).in(to, at));
    return Transition.applied(head, next);
  }

  static Outcome aliasConfirmed(Head head, ReleaseEvent.AliasConfirmed confirmed, Instant at) {
    if (!head.desired().equals(Optional.of(confirmed.content()))) {
      return Transition.refused(
          "ALIAS_NOT_DESIRED",
          "the alias was written as "
              + confirmed.content()
              + ", desired is "
              + head.desired()
              + "; read again and re-plan");
    }
    HeadEditor next = new HeadEditor(head);
    next.confirmed = Optional.of(confirmed.content());
    next.confirmedSeq = head.seq() + 1;
    if (head.control().mode() == Mode.PINNED) {
      next.control = head.control().confirmed();
    } else {
      head.active().ifPresent(release -> confirm(next, release, at));
    }
    return Transition.applied(head, next);
  }

  private static void confirm(HeadEditor next, Release release, Instant at) {
    Instant settled = at.plus(release.settings().settle());
    switch (release.state()) {
      case ReleaseState.Shifting(int step) ->
          next.active =
              Optional.of(release.countingFrom(settled).in(new ReleaseState.Canary(step), at));
      case ReleaseState.Promoting _ ->
          next.active =
              Optional.of(release.countingFrom(settled).in(new ReleaseState.Watching(), at));
      case ReleaseState.RollingBack _ -> Endings.rolledBack(next, release, at);
      case ReleaseState.Canary _,
          ReleaseState.Watching _,
          ReleaseState.Waiting _,
          ReleaseState.BeforeTraffic _,
          ReleaseState.Terminal _ -> {
        // The alias was put back to what it should be; the release stands where it stood.
      }
    }
  }

  static Outcome passed(Head head, Instant at) {
    Optional<Release> active = head.active();
    if (active.isEmpty()) {
      return Transition.misplaced(head, "CANARY or WATCHING");
    }
    Release release = active.get();
    if (release.evidenceFrom().filter(from -> !at.isBefore(from)).isEmpty()) {
      return Transition.refused("EVIDENCE_MISSING", "no evidence has been gathered in this state");
    }
    return switch (release.state()) {
      case ReleaseState.Canary(int step) -> nextStep(head, release, step, at);
      case ReleaseState.Watching _ -> completed(head, release, at);
      case ReleaseState.Waiting _,
          ReleaseState.BeforeTraffic _,
          ReleaseState.Shifting _,
          ReleaseState.Promoting _,
          ReleaseState.RollingBack _,
          ReleaseState.Terminal _ ->
          Transition.misplaced(head, "CANARY or WATCHING");
    };
  }

  private static Outcome nextStep(Head head, Release release, int step, Instant at) {
    if (!head.control().movesForward()) {
      return notMoving();
    }
    boolean more = step + 1 < release.settings().steps().size();
    ReleaseState to = more ? new ReleaseState.Shifting(step + 1) : new ReleaseState.Promoting();
    HeadEditor next = new HeadEditor(head);
    next.active = Optional.of(release.in(to, at));
    return Transition.applied(head, next);
  }

  private static Outcome completed(Head head, Release release, Instant at) {
    int candidate = release.candidate().orElseThrow();
    HeadEditor next = new HeadEditor(head);
    next.mark(candidate, VersionStatus.GOOD);
    next.stable = OptionalInt.of(candidate);
    next.previousStable = release.baseline();
    next.regretUntil = Optional.of(at.plus(release.settings().regret()));
    next.end(release, new ReleaseState.Completed(), at);
    return Transition.applied(head, next);
  }

  private static Optional<Release> in(Head head, Class<? extends ReleaseState> state) {
    return head.active().filter(release -> state.isInstance(release.state()));
  }

  private static Outcome notMoving() {
    return Transition.refused(
        "NOT_MOVING", "forward moves wait while a model is paused, pinned or degraded");
  }
}
