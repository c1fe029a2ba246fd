package dev.slipway.control;

import dev.slipway.control.port.LiveAlias;
import dev.slipway.control.wish.Wish;
import dev.slipway.release.Head;
import dev.slipway.release.View;
import dev.slipway.release.ledger.LedgerState;
import java.util.Optional;

/**
 * One look at a model: first the world, then the head (rule W3). Everything a step does is derived
 * from one look, and guarded by its revision and its number.
 *
 * @param wish what the stack wants
 * @param alias the alias as read
 * @param view the same for the planner
 * @param alarmsRead whether the alarms could be read
 * @param state the ledger, read after it
 */
record Look(
    Wish wish, Optional<LiveAlias> alias, View view, boolean alarmsRead, LedgerState state) {
  Head head() {
    return state.head();
  }

  String model() {
    return wish.model();
  }
}
