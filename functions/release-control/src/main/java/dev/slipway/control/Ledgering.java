package dev.slipway.control;

import dev.slipway.control.port.World;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ledger.AppendResult;
import dev.slipway.release.ledger.LedgerState;
import dev.slipway.release.ledger.ReleaseLedger;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Appends what a step decided to exactly the head that it looked at (rule W6). */
final class Ledgering {
  static final String ACTOR = "controller";

  private final World world;
  private final ReleaseLedger ledger;

  Ledgering(World world, ReleaseLedger ledger) {
    this.world = world;
    this.ledger = ledger;
  }

  Step append(Look look, ReleaseEvent event) {
    return append(look, event, new TreeMap<>());
  }

  /** Whoever was first: look again. */
  Step append(Look look, ReleaseEvent event, SortedMap<String, String> evidence) {
    if (tryAppend(look, event, evidence).isEmpty()) {
      world.log().accept("LEDGER_OVERTAKEN: " + look.model() + ": another worker was first");
    }
    return new Step.Again();
  }

  /** {@return the state after it; empty when another worker was first} */
  Optional<LedgerState> tryAppend(
      Look look, ReleaseEvent event, SortedMap<String, String> evidence) {
    return switch (ledger.append(look.model(), look.state(), event, ACTOR, evidence)) {
      case AppendResult.Appended(var state) -> {
        world
            .log()
            .accept(
                "LEDGER: %s %d %s"
                    .formatted(look.model(), state.head().seq(), event.getClass().getSimpleName()));
        Paging.pageFor(event).ifPresent(text -> world.pager().page(look.model(), text, text));
        yield Optional.of(state);
      }
      case AppendResult.Overtaken _ -> Optional.empty();
      case AppendResult.Refused(var reason) ->
          throw new IllegalStateException(
              "the planner asked for what the rules refuse, on " + look.model() + ": " + reason);
    };
  }
}
