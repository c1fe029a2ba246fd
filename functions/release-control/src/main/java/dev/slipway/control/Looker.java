package dev.slipway.control;

import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.port.LiveAlias;
import dev.slipway.control.port.World;
import dev.slipway.control.wish.Wish;
import dev.slipway.control.wish.WishReader;
import dev.slipway.release.View;
import dev.slipway.release.ledger.ReleaseLedger;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Looks at a model in the order that rule W3 asks for. */
final class Looker {
  private final World world;
  private final ReleaseLedger ledger;

  Looker(World world, ReleaseLedger ledger) {
    this.world = world;
    this.ledger = ledger;
  }

  /**
   * {@return a look at a model; empty when no stack wants it}
   *
   * @param model which model
   * @param silent versions found not to answer in this run
   */
  Optional<Look> look(String model, Set<Integer> silent) {
    return world.wishes().read(model).map(json -> look(WishReader.read(model, json), silent));
  }

  private Look look(Wish wish, Set<Integer> silent) {
    Optional<Set<Integer>> alarms = inAlarm(wish.model());
    Set<Integer> unfit = new HashSet<>(alarms.orElse(Set.of()));
    unfit.addAll(silent);
    Optional<LiveAlias> alias = world.aliases().get(wish.function());
    View view =
        new View(
            alias.map(
                live -> new View.SeenAlias(live.content(), Names.sequence(live.description()))),
            unfit,
            wish.wanted(),
            world.time().now());
    return new Look(wish, alias, view, alarms.isPresent(), ledger.read(wish.model()));
  }

  /** Empty when the alarms cannot be read: then nothing goes forward, and going back needs none. */
  private Optional<Set<Integer>> inAlarm(String model) {
    try {
      return Optional.of(world.alarms().inAlarm(model));
    } catch (ControlPlaneException unreadable) {
      world.log().accept("ALARMS_UNREADABLE: " + model + ": " + unreadable.getMessage());
      return Optional.empty();
    }
  }
}
