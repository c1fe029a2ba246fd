package dev.slipway.control;

import dev.slipway.release.Reason;
import dev.slipway.release.ReleaseEvent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which events people are woken for. */
final class Paging {
  private Paging() {}

  static Optional<String> pageFor(ReleaseEvent event) {
    return switch (event) {
      case ReleaseEvent.Degraded degraded ->
          Optional.of("DEGRADED: " + degraded.reason() + "; a person has to decide");
      case ReleaseEvent.ForeignAliasAdopted foreign ->
          Optional.of(
              "PAUSED: somebody else moved the alias to "
                  + foreign.content()
                  + "; it was kept because all of it is good. Resume to go on");
      case ReleaseEvent.ForeignAliasRefused foreign ->
          Optional.of(
              "somebody else moved the alias to "
                  + foreign.content()
                  + ", which is not verified; it is put back");
      case ReleaseEvent.RollbackStarted back ->
          Optional.of("rolling back to version " + back.target() + ": " + text(back.reasons()));
      case ReleaseEvent.LateRollbackStarted back ->
          Optional.of("rolling back to version " + back.target() + ": " + text(back.reasons()));
      case ReleaseEvent.DeadlinePassed _ -> Optional.of("a release took too long and is ended");
      case ReleaseEvent.Rejected rejected ->
          Optional.of("release rejected: " + text(rejected.reasons()));
      case ReleaseEvent.PublishFailed failed ->
          Optional.of("release failed: " + text(failed.reasons()));
      case ReleaseEvent.EpochOpened _,
          ReleaseEvent.FallbackWanted _,
          ReleaseEvent.FallbackRecorded _,
          ReleaseEvent.Proposed _,
          ReleaseEvent.Refused _,
          ReleaseEvent.Started _,
          ReleaseEvent.VerificationPassed _,
          ReleaseEvent.PublishingStarted _,
          ReleaseEvent.VersionRecorded _,
          ReleaseEvent.ShiftStarted _,
          ReleaseEvent.AliasConfirmed _,
          ReleaseEvent.Passed _,
          ReleaseEvent.Paused _,
          ReleaseEvent.Resumed _,
          ReleaseEvent.AbortAsked _,
          ReleaseEvent.Pinned _,
          ReleaseEvent.Unpinned _,
          ReleaseEvent.VersionRetired _,
          ReleaseEvent.VersionDeleted _ ->
          Optional.empty();
    };
  }

  private static String text(List<Reason> reasons) {
    return reasons.stream().map(Reason::toString).collect(Collectors.joining("; "));
  }
}
