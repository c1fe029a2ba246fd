package dev.slipway.release.judge;

/**
 * Whether warm requests of the candidate are slower than the baseline's. Counted are its warm
 * requests above the baseline's 90th percentile: of an equally fast one a tenth lies there. Up to
 * {@link #ALLOWED} is tolerated, because the percentile itself is an estimate. E is the mixture of
 * {@link ErrorSplit} with that share in the place of the traffic's: P(E ever ≥ 1/α) ≤ α however
 * often one looks. Cold starts must not be among the requests; they ruin any comparison.
 */
public final class WarmLatency {
  /** Tolerated share of warm requests above the baseline's 90th percentile. */
  public static final double ALLOWED = 0.12;

  private WarmLatency() {}

  /**
   * {@return ln E}
   *
   * @param above warm requests of the candidate above the baseline's 90th percentile, 0 to {@code
   *     warm}
   * @param warm warm requests of the candidate
   */
  public static double logE(long above, long warm) {
    return ErrorSplit.logE(above, warm, ALLOWED);
  }
}
