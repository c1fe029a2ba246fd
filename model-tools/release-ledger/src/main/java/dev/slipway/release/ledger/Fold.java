package dev.slipway.release.ledger;

import dev.slipway.release.Outcome;
import dev.slipway.release.Transition;

/** One step of folding a ledger: the entry must follow from the state before it. */
final class Fold {
  private Fold() {}

  static LedgerState next(LedgerState state, byte[] bytes, LedgerEntry entry, String key) {
    if (entry.formatVersion() != 1) {
      throw new LedgerBrokenException(
          "LEDGER_FORMAT_UNKNOWN: "
              + key
              + " has format version "
              + entry.formatVersion()
              + ", this program reads 1; use a newer one");
    }
    if (entry.seq() != state.head().seq() + 1) {
      throw new LedgerBrokenException(
          "LEDGER_OUT_OF_ORDER: expected number "
              + (state.head().seq() + 1)
              + " in "
              + key
              + ", found "
              + entry.seq());
    }
    if (!entry.previousHash().equals(state.hash())) {
      throw new LedgerBrokenException(
          "LEDGER_CHAIN_BROKEN: "
              + key
              + " names "
              + entry.previousHash()
              + " as number "
              + "%012d".formatted(state.head().seq())
              + ", which has "
              + state.hash()
              + "; one of the two was altered");
    }
    return switch (Transition.apply(state.head(), entry.event(), entry.actor(), entry.at())) {
      case Outcome.Refused(var reason) ->
          throw new LedgerBrokenException("LEDGER_ILLEGAL_STEP: " + key + ": " + reason);
      case Outcome.Applied(var head, var from, var to) -> {
        if (!from.equals(entry.from()) || !to.equals(entry.to())) {
          throw new LedgerBrokenException(
              "LEDGER_ILLEGAL_STEP: "
                  + key
                  + " says "
                  + entry.from()
                  + " to "
                  + entry.to()
                  + ", the rules say "
                  + from
                  + " to "
                  + to);
        }
        yield new LedgerState(head, Hashes.sha256(bytes));
      }
    };
  }
}
