package dev.slipway.release.judge;

/**
 * Whether warm requests of the candidate are slower than the baseline's. Counted are its warm
 * requests above the baseline's 90th percentile: of an equally fast one a tenth lies there. More is
 * tolerated, because the percentile is an estimate: see {@link #allowed}. E is the mixture of
 * {@link ErrorSplit} with that share in the place of the traffic's: P(E ever ≥ 1/α) ≤ α however
 * often one looks. Cold starts must not be among the requests; they ruin any comparison.
 */
public final class WarmLatency {
  /** Tolerated share of warm requests above a 90th percentile that is well known. */
  public static final double ALLOWED = 0.12;

  /** Share of equally fast candidates that may be rolled back for their latency. */
  public static final double ALPHA = 0.002;

  /** With fewer requests of the baseline its 90th percentile says nothing. */
  public static final long LEAST_BASELINE = 50;

  private static final double EXPECTED = 0.10;
  private static final double DEVIATIONS = 3;

  private WarmLatency() {}

  /** {@return whether the candidate is slower than a tenth, its baseline's doubt included} */
  public static boolean isSlower(WarmRequests warm) {
    return warm.baseline() >= LEAST_BASELINE && logE(warm) >= -Math.log(ALPHA);
  }

  /** {@return ln E with the share that this baseline allows} */
  public static double logE(WarmRequests warm) {
    return ErrorSplit.logE(warm.above(), warm.warm(), allowed(warm.baseline()));
  }

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

  /**
   * {@return the tolerated share: the true share above a percentile of m values has mean 0.1 and
   * deviation √(0.09/m); three of these are allowed}
   */
  static double allowed(long baseline) {
    double doubt = DEVIATIONS * Math.sqrt(EXPECTED * (1 - EXPECTED) / Math.max(1, baseline));
    return Math.min(0.9, Math.max(ALLOWED, EXPECTED + doubt));
  }
}
