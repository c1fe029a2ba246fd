package dev.slipway.control;

import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.port.ControlPlaneException.Kind;
import dev.slipway.control.port.World;
import dev.slipway.release.Content;
import dev.slipway.release.Reason;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Version;
import dev.slipway.release.VersionStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** PUBLISHING: the version that wish and bundle make, new or already there. */
final class PublishStep {
  private final World world;
  private final Ledgering ledger;
  private final VersionMaker maker;

  PublishStep(World world, Ledgering ledger) {
    this.world = world;
    this.ledger = ledger;
    this.maker = new VersionMaker(world);
  }

  Step publish(Look look, Release release) {
    Content content =
        new Content(
            look.wish().codeSha256(),
            Optional.of(release.proposal().bundleDigest()),
            look.wish().configHash());
    if (serves(look, content)) {
      return failed(look, "ALREADY_LIVE", "the stable version has exactly this content");
    }
    try {
      int version =
          existing(look, content)
              .orElseGet(
                  () -> maker.make(look.wish(), release.proposal().bundleDigest(), release.id()));
      return ledger.append(look, new ReleaseEvent.VersionRecorded(version, content));
    } catch (ControlPlaneException failure) {
      if (failure.kind() != Kind.INVALID && failure.kind() != Kind.NOT_FOUND) {
        throw failure;
      }
      return failed(look, "PUBLISH_FAILED", String.valueOf(failure.getMessage()));
    }
  }

  private Step failed(Look look, String code, String message) {
    return ledger.append(look, new ReleaseEvent.PublishFailed(List.of(new Reason(code, message))));
  }

  private static boolean serves(Look look, Content content) {
    OptionalInt stable = look.head().stable();
    return stable.isPresent()
        && look.head()
            .version(stable.getAsInt())
            .map(Version::content)
            .equals(Optional.of(content));
  }

  /** One live version per content: a good one, or one that this release made before a crash. */
  private Optional<Integer> existing(Look look, Content content) {
    return look.head().versions().values().stream()
        .filter(version -> version.content().equals(content))
        .filter(version ->
            version.status() == VersionStatus.GOOD || version.status() == VersionStatus.CANDIDATE)
        .map(Version::number)
        .filter(number -> isThere(look, number))
        .findFirst();
  }

  private boolean isThere(Look look, int number) {
    try {
      return world.lambda().get(look.wish().function(), Integer.toString(number)).active();
    } catch (ControlPlaneException failure) {
      if (failure.kind() == Kind.NOT_FOUND) {
        return false;
      }
      throw failure;
    }
  }
}
