package dev.slipway.release;

import java.util.Optional;
import java.util.OptionalInt;

/** The only definition of what the live alias should be. */
final class Desired {
  private Desired() {}

  static Optional<AliasContent> of(Head head) {
    Control control = head.control();
    if (control.mode() == Mode.PINNED && control.pinned().isPresent()) {
      return Optional.of(AliasContent.only(control.pinned().getAsInt()));
    }
    return head.active()
        .flatMap(Desired::ofRelease)
        .or(control::adopted)
        .or(() -> only(head.stable()));
  }

  private static Optional<AliasContent> ofRelease(Release release) {
    return switch (release.state()) {
      case ReleaseState.Shifting(int step) -> split(release, step);
      case ReleaseState.Canary(int step) -> split(release, step);
      case ReleaseState.Promoting _, ReleaseState.Watching _ -> only(release.candidate());
      case ReleaseState.RollingBack _ -> only(release.target());
      case ReleaseState.Waiting _, ReleaseState.BeforeTraffic _, ReleaseState.Terminal _ ->
          Optional.empty();
    };
  }

  private static Optional<AliasContent> split(Release release, int step) {
    return Optional.of(
        AliasContent.split(
            release.baseline().orElseThrow(),
            release.candidate().orElseThrow(),
            release.settings().steps().get(step)));
  }

  private static Optional<AliasContent> only(OptionalInt version) {
    return version.isPresent()
        ? Optional.of(AliasContent.only(version.getAsInt()))
        : Optional.empty();
  }
}
