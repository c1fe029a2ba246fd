package dev.slipway.control;

/**
 * The answer to a person's command.
 *
 * @param outcome DONE, ALREADY (nothing had to be done), or REFUSED
 * @param code countable name
 * @param message for the person: what happens now, or what to do instead
 * @param seq number of the ledger entry that says so; the newest one when none was written
 */
public record Answer(String outcome, String code, String message, long seq) {
  static Answer done(String message, long seq) {
    return new Answer("DONE", "DONE", message, seq);
  }

  static Answer already(String message, long seq) {
    return new Answer("ALREADY", "ALREADY", message, seq);
  }

  static Answer refused(String code, String message, long seq) {
    return new Answer("REFUSED", code, message, seq);
  }
}
