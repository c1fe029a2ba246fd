package dev.slipway.release.ledger;

/** The ledger's store did not answer; nothing is known about what was being written. */
public final class LedgerUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what failed.
   *
   * @param message what was being done, and what to do
   */
  public LedgerUnavailableException(String message) {
    super(message);
  }

  /**
   * Says what failed.
   *
   * @param message what was being done, and what to do
   * @param cause the store's own error
   */
  public LedgerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
