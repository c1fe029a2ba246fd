package dev.slipway.control;

import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.port.ControlPlaneException.Kind;
import dev.slipway.control.port.LiveAlias;
import dev.slipway.control.port.World;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Version;
import dev.slipway.release.VersionStatus;
import java.util.List;
import java.util.Optional;

/** The second phase of rule W8: fence, delete, record. */
final class RemoveStep {
  private final World world;
  private final Ledgering ledger;

  RemoveStep(World world, Ledgering ledger) {
    this.world = world;
    this.ledger = ledger;
  }

  Step delete(Look look, int version) {
    String function = look.wish().function();
    LiveAlias alias = look.alias().orElseThrow();
    // The fence: a write frozen on its way carries the old revision and is refused from now on.
    world
        .aliases()
        .update(
            function,
            look.head().desired().orElseThrow(),
            Names.description(look.head().seq()),
            alias.revision());
    Optional<List<String>> layers = layers(function, version);
    world.alarms().remove(look.model(), version);
    if (layers.isPresent()) {
      world.lambda().deleteVersion(function, version);
      if (!isShared(look, version)) {
        layers.get().forEach(world.lambda()::deleteLayer);
      }
    }
    return ledger.append(look, new ReleaseEvent.VersionDeleted(version));
  }

  private Optional<List<String>> layers(String function, int version) {
    try {
      return Optional.of(world.lambda().get(function, Integer.toString(version)).shape().layers());
    } catch (ControlPlaneException failure) {
      if (failure.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private static boolean isShared(Look look, int version) {
    Optional<String> bundle =
        look.head().version(version).flatMap(known -> known.content().bundleDigest());
    return look.head().versions().values().stream()
        .filter(other -> other.number() != version)
        .filter(other -> other.status() != VersionStatus.DELETED)
        .map(Version::content)
        .anyMatch(content -> content.bundleDigest().equals(bundle));
  }
}
