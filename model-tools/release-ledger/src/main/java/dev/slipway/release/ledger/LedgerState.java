package dev.slipway.release.ledger;

import dev.slipway.release.Head;

/**
 * A head, with what the next entry must name.
 *
 * @param head the fold of the entries
 * @param hash SHA-256 of the last entry's bytes, lower-case hex
 */
public record LedgerState(Head head, String hash) {
  /** {@return the state of a ledger without entries} */
  public static LedgerState empty() {
    return new LedgerState(Head.empty(), LedgerEntry.NO_PREVIOUS);
  }
}
