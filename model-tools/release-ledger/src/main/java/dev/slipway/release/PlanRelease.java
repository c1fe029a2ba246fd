package dev.slipway.release;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** What a worker does next while a release is active. */
final class PlanRelease {
  private PlanRelease() {}

  static Plan next(Head head, Release release, View view) {
    if (!view.now().isBefore(release.deadline())) {
      return new Plan.Write(overdue(head, release, view));
    }
    return switch (release.state()) {
      case ReleaseState.RollingBack _ -> rollBack(head, release, view);
      case ReleaseState.WithTraffic _ ->
          isUnfit(release, view) ? alarmed(head, release, view) : withTraffic(head, release, view);
      case ReleaseState.BeforeTraffic _ -> beforeTraffic(head, release, view);
      case ReleaseState.Waiting _, ReleaseState.Terminal _ ->
          throw new IllegalStateException("an active release cannot be " + release.state().label());
    };
  }

  /** With nothing quiet to go back to, people are paged, and the least bad good version serves. */
  private static ReleaseEvent overdue(Head head, Release release, View view) {
    OptionalInt target = RollbackTarget.choose(head, view.unfit());
    if (target.isPresent() || !(release.state() instanceof ReleaseState.WithTraffic)) {
      return new ReleaseEvent.DeadlinePassed(target);
    }
    return head.control().degraded().isPresent()
        ? new ReleaseEvent.DeadlinePassed(RollbackTarget.choose(head, Set.of()))
        : new ReleaseEvent.Degraded(
            release.state().label() + " is overdue, and every version to go back to is in ALARM");
  }

  private static Plan beforeTraffic(Head head, Release release, View view) {
    AliasContent desired = head.desired().orElseThrow();
    boolean there = view.alias().map(View.SeenAlias::content).filter(desired::equals).isPresent();
    if (!there || !head.isAliasConfirmed()) {
      return new Plan.MoveAlias(desired, false);
    }
    if (release.state() instanceof ReleaseState.Verifying) {
      return new Plan.Verify(release);
    }
    if (!head.control().movesForward()) {
      return rest(release);
    }
    if (release.state() instanceof ReleaseState.Verified) {
      return new Plan.Write(new ReleaseEvent.PublishingStarted());
    }
    if (release.state() instanceof ReleaseState.Publishing) {
      return new Plan.Publish(release);
    }
    // In ALARM before any traffic: do not shift; the deadline ends it.
    return isUnfit(release, view) ? rest(release) : new Plan.Probe(release);
  }

  private static Plan withTraffic(Head head, Release release, View view) {
    AliasContent desired = head.desired().orElseThrow();
    boolean moving =
        release.state() instanceof ReleaseState.Shifting
            || release.state() instanceof ReleaseState.Promoting;
    boolean there = view.alias().map(View.SeenAlias::content).filter(desired::equals).isPresent();
    return moving || !there ? new Plan.MoveAlias(desired, false) : new Plan.Judge(release);
  }

  private static Plan alarmed(Head head, Release release, View view) {
    OptionalInt target = RollbackTarget.choose(head, view.unfit());
    String why = "version " + release.candidate().orElseThrow() + " is in ALARM or does not answer";
    if (target.isEmpty()) {
      return head.control().degraded().isPresent()
          ? rest(release)
          : new Plan.Write(new ReleaseEvent.Degraded(why + ", and nothing better exists"));
    }
    return new Plan.Write(
        new ReleaseEvent.RollbackStarted(
            target.getAsInt(), List.of(new Reason("CANDIDATE_IN_ALARM", why))));
  }

  /** A target that turns out unfit is exchanged while there is a better one. */
  private static Plan rollBack(Head head, Release release, View view) {
    int target = release.target().orElseThrow();
    if (view.unfit().contains(target)) {
      OptionalInt better = RollbackTarget.choose(head, view.unfit());
      if (better.isPresent()) {
        return new Plan.Write(
            new ReleaseEvent.RollbackStarted(
                better.getAsInt(),
                List.of(new Reason("TARGET_UNFIT", "version " + target + " is unfit itself"))));
      }
    }
    return new Plan.MoveAlias(head.desired().orElseThrow(), true);
  }

  private static boolean isUnfit(Release release, View view) {
    return release.candidate().isPresent() && view.unfit().contains(release.candidate().getAsInt());
  }

  private static Plan rest(Release release) {
    Duration tick = release.settings().tick();
    return new Plan.Rest(true, tick);
  }
}
