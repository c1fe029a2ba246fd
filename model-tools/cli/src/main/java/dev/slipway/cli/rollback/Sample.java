package dev.slipway.cli.rollback;

import java.time.Instant;

/**
 * One request of the client.
 *
 * @param sent when
 * @param ended when its answer was there, or no more to be expected
 * @param status HTTP status; 0 when there was no answer
 * @param version which version says that it answered; empty when none does
 */
record Sample(Instant sent, Instant ended, int status, String version) {
  /** The slow candidate takes 500 ms more than others. */
  private static final long SLOW_MILLIS = 450;

  /**
   * {@return whether a client would call it failed} A slow answer of another version is this
   * machine's fault, which has few cores.
   *
   * @param candidate what is being released
   * @param prefix what the candidate's version begins with
   */
  boolean failed(Candidate candidate, String prefix) {
    boolean slow =
        candidate == Candidate.SLOW
            && version.startsWith(prefix)
            && ended.toEpochMilli() - sent.toEpochMilli() > SLOW_MILLIS;
    return status != 200 || slow;
  }
}
