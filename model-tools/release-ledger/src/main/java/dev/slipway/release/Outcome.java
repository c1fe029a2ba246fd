package dev.slipway.release;

/** What an event does to a head. */
public sealed interface Outcome {
  /**
   * The event applies.
   *
   * @param head the next state; its seq is one more
   * @param from label of the state before, {@code -} when no release was active
   * @param to label of the state after
   */
  record Applied(Head head, String from, String to) implements Outcome {}

  /**
   * The event makes no sense here; nothing may be written.
   *
   * @param reason what was expected, and what to do
   */
  record Refused(Reason reason) implements Outcome {}
}
