package dev.slipway.release.ledger;

/** An entry is missing, altered, or does not follow from the ones before. */
public final class LedgerBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Names the entry.
   *
   * @param message which entry, what was expected, what was found
   */
  public LedgerBrokenException(String message) {
    super(message);
  }
}
