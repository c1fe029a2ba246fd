package dev.slipway.release.judge;

/**
 * The same requests against both versions, before any shift. Only pairs in which exactly one is
 * right tell them apart (Q. McNemar, "Note on the sampling error of the difference between
 * correlated proportions", 1947); the test is exact and one-sided.
 *
 * @param onlyBaselineRight requests that only the baseline answered rightly
 * @param onlyCandidateRight requests that only the candidate answered rightly
 */
public record PairedReplay(long onlyBaselineRight, long onlyCandidateRight) {
  /** Refuses negative counts. */
  public PairedReplay {
    if (onlyBaselineRight < 0 || onlyCandidateRight < 0) {
      throw new IllegalArgumentException(
          "pairs cannot be negative: " + onlyBaselineRight + " and " + onlyCandidateRight);
    }
  }

  /** {@return the chance of so many losses or more, were both versions equally good} */
  public double chance() {
    long pairs = onlyBaselineRight + onlyCandidateRight;
    return Binomial.atLeast(onlyBaselineRight, pairs, 0.5);
  }

  /** {@return whether the candidate is worse, at α = 1 %} */
  public boolean isWorse() {
    return chance() < SequentialTest.ALPHA;
  }
}
