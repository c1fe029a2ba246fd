package dev.slipway.release;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Rules W13 and W14: what people may do, through us and past us. */
final class People {
  private People() {}

  static Outcome paused(Head head) {
    if (head.control().mode() != Mode.AUTO) {
      return Transition.refused(
          "NOT_AUTOMATIC", "the model is " + head.control().mode() + " already");
    }
    HeadEditor next = new HeadEditor(head);
    next.control = head.control().paused();
    return Transition.applied(head, next);
  }

  static Outcome resumed(Head head) {
    Control control = head.control();
    if (control.mode() == Mode.PINNED) {
      return Transition.refused("PINNED", "the model is pinned; unpin it instead");
    }
    if (control.mode() == Mode.AUTO && control.degraded().isEmpty()) {
      return Transition.refused("NOT_PAUSED", "the model is neither paused nor degraded");
    }
    HeadEditor next = new HeadEditor(head);
    next.control = control.resumed();
    return Transition.applied(head, next);
  }

  static Outcome abort(Head head, ReleaseEvent.AbortAsked abort, Instant at) {
    Optional<Release> due = head.active().or(head::pending);
    if (due.isEmpty()) {
      return Transition.refused("NOTHING_ACTIVE", "no release is in flight");
    }
    Release release = due.get().because(Transition.reason("ABORTED_BY_PERSON", abort.reason()));
    return switch (release.state()) {
      case ReleaseState.Waiting _ -> {
        HeadEditor next = new HeadEditor(head);
        next.pending = Optional.empty();
        next.last = Optional.of(release.in(new ReleaseState.Aborted(), at));
        yield Transition.applied(head, next);
      }
      case ReleaseState.BeforeTraffic _ -> {
        HeadEditor next = new HeadEditor(head);
        Endings.retire(next, release, at);
        next.end(release, new ReleaseState.Aborted(), at);
        yield Transition.applied(head, next);
      }
      case ReleaseState.RollingBack _ ->
          Transition.refused("ROLLING_BACK", "the release is being rolled back already");
      case ReleaseState.WithTraffic _ ->
          abort.target().isPresent()
              ? Backward.started(head, abort.target().getAsInt(), release.reasons(), at)
              : Transition.refused("TARGET_MISSING", "an abort with traffic needs a target");
      case ReleaseState.Terminal _ -> Transition.misplaced(head, "a release in flight");
    };
  }

  static Outcome pinned(Head head, int version, Instant at) {
    if (!head.is(version, VersionStatus.GOOD)) {
      return Transition.refused(
          "PIN_NOT_GOOD",
          "expected a good version, found "
              + head.version(version).map(known -> known.status().name()).orElse("none")
              + " with number "
              + version);
    }
    HeadEditor next = new HeadEditor(head);
    next.control = head.control().pinnedTo(version);
    cancel(next, head, version, at);
    if (!head.stable().equals(OptionalInt.of(version))) {
      next.previousStable = head.stable();
      next.stable = OptionalInt.of(version);
    }
    return Transition.applied(head, next);
  }

  /**
   * Ends the active release because a person decided otherwise. A candidate that had traffic is
   * bad, except the very version that the person chose: that cancels its rollback.
   */
  private static void cancel(HeadEditor next, Head head, int chosen, Instant at) {
    if (head.active().isEmpty()) {
      return;
    }
    Release release = head.active().get();
    if (release.state() instanceof ReleaseState.BeforeTraffic) {
      Endings.retire(next, release, at);
    } else if (!release.candidate().equals(OptionalInt.of(chosen))) {
      Endings.condemn(next, release);
    }
    next.end(
        release.because(Transition.reason("CANCELLED_BY_PERSON", "version " + chosen + " chosen")),
        new ReleaseState.Aborted(),
        at);
  }

  static Outcome unpinned(Head head) {
    if (head.control().mode() != Mode.PINNED) {
      return Transition.refused("NOT_PINNED", "the model is " + head.control().mode());
    }
    HeadEditor next = new HeadEditor(head);
    next.control = Control.automatic();
    return Transition.applied(head, next);
  }

  static Outcome adopted(Head head, AliasContent content, Instant at) {
    boolean good =
        content.serves().stream().allMatch(number -> head.is(number, VersionStatus.GOOD));
    if (!good || head.control().mode() == Mode.PINNED) {
      return Transition.refused(
          "ALIAS_NOT_ADOPTABLE",
          "the alias " + content + " serves something not good, or is pinned");
    }
    HeadEditor next = new HeadEditor(head);
    cancel(next, head, content.primary(), at);
    next.stable = OptionalInt.of(content.primary());
    next.control = head.control().adopting(content);
    return Transition.applied(head, next);
  }
}
