package dev.slipway.release.ledger;

import dev.slipway.release.Reason;

/** What became of an append. */
public sealed interface AppendResult {
  /**
   * The entry stands.
   *
   * @param state the state after it
   */
  record Appended(LedgerState state) implements AppendResult {}

  /** Somebody else wrote that number first: read again and re-plan. */
  record Overtaken() implements AppendResult {}

  /**
   * The event makes no sense in the state it was meant for; nothing was written.
   *
   * @param reason why
   */
  record Refused(Reason reason) implements AppendResult {}
}
