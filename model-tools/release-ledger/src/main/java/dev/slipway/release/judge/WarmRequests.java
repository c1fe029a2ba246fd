package dev.slipway.release.judge;

/**
 * Warm requests of a canary beside those of its baseline, over the same time.
 *
 * @param above requests of the candidate above the baseline's 90th percentile, 0 to {@code warm}
 * @param warm requests of the candidate
 * @param baseline requests of the baseline, from which the percentile was estimated
 */
public record WarmRequests(long above, long warm, long baseline) {
  /** Refuses counts that no traffic gives. */
  public WarmRequests {
    if (above < 0 || above > warm || baseline < 0) {
      throw new IllegalArgumentException(
          "impossible counts: " + above + " of " + warm + " above, baseline " + baseline);
    }
  }
}
