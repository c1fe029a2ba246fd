package dev.slipway.control;

import dev.slipway.control.port.AliasStore;
import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.port.ControlPlaneException.Kind;
import dev.slipway.control.port.LiveAlias;
import dev.slipway.control.port.World;
import dev.slipway.release.AliasContent;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ledger.LedgerState;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes the live alias: always what the head desires, always with the revision that was read
 * before the head (W3, W4), and confirmed only by this worker's own write (W5).
 */
final class AliasSteps {
  private final World world;
  private final Ledgering ledger;

  AliasSteps(World world, Ledgering ledger) {
    this.world = world;
    this.ledger = ledger;
  }

  /** Repeatable: an alias that a killed worker left without permission or confirmation is done. */
  Step create(Look look, AliasContent content) {
    String description = Names.description(look.head().seq());
    if (look.alias().isPresent()) {
      update(look, look.alias().get(), content);
    } else {
      world.aliases().create(look.wish().function(), content, description);
    }
    allowGateway(look);
    return ledger.append(look, new ReleaseEvent.AliasConfirmed(content));
  }

  Step move(Look look, AliasContent content, boolean probeFirst) {
    if (probeFirst && !answers(look, content.primary())) {
      return new Step.Silent(content.primary());
    }
    update(look, look.alias().orElseThrow(), content);
    return ledger.append(look, new ReleaseEvent.AliasConfirmed(content));
  }

  /** Who moved it is in the ledger before it is put back. */
  Step restore(Look look, AliasContent found) {
    Optional<LedgerState> recorded =
        ledger.tryAppend(look, new ReleaseEvent.ForeignAliasRefused(found), new TreeMap<>());
    recorded.ifPresent(state ->
        write(
            look,
            look.alias().orElseThrow(),
            state.head().desired().orElseThrow(),
            state.head().seq()));
    return new Step.Again();
  }

  private void update(Look look, LiveAlias alias, AliasContent content) {
    write(look, alias, content, look.head().seq());
  }

  private void write(Look look, LiveAlias alias, AliasContent content, long seq) {
    world
        .aliases()
        .update(look.wish().function(), content, Names.description(seq), alias.revision());
    world.log().accept("ALIAS: " + look.model() + " serves " + content);
  }

  private boolean answers(Look look, int version) {
    try {
      return world
          .lambda()
          .invoke(look.wish().function(), version, GatewayEvents.ready(look.model()))
          .answered();
    } catch (ControlPlaneException failure) {
      if (failure.kind() == Kind.NOT_FOUND || failure.kind() == Kind.INVALID) {
        world.log().accept("TARGET_SILENT: version " + version + ": " + failure.getMessage());
        return false;
      }
      throw failure;
    }
  }

  private void allowGateway(Look look) {
    if (!look.wish().apiId().isEmpty()) {
      world.lambda().allowGateway(look.wish().function(), AliasStore.LIVE, look.wish().apiId());
    }
  }
}
