package dev.slipway.release.judge;

/**
 * Sums of one version's counters over the time that counts.
 *
 * @param requests requests that reached the version
 * @param failed requests it answered with its own fault, crashes and time-outs included
 * @param invalid answers that were no answers: NaN, wrong shape, probabilities that do not sum to 1
 * @param slow requests over the model's latency budget
 */
public record Counts(long requests, long failed, long invalid, long slow) {
  /** No request. */
  public static final Counts NONE = new Counts(0, 0, 0, 0);

  /** Refuses negative sums. */
  public Counts {
    if (requests < 0 || failed < 0 || invalid < 0 || slow < 0) {
      throw new IllegalArgumentException(
          "counters cannot be negative: requests "
              + requests
              + ", failed "
              + failed
              + ", invalid "
              + invalid
              + ", slow "
              + slow);
    }
  }
}
