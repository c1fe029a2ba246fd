package dev.slipway.release.judge;

/**
 * Wald's sequential probability ratio test for an error rate: healthy (p0) against bad (p1), α = 1
 * %, β = 5 % (A. Wald, "Sequential Tests of Statistical Hypotheses", 1945). The log likelihood
 * ratio of {@code k} errors in {@code n} requests is k·ln(p1/p0) + (n−k)·ln((1−p1)/(1−p0)); the
 * candidate is bad at ln((1−β)/α) and above, healthy at ln(β/(1−α)) and below.
 *
 * @param healthy p0 in (0, 1)
 * @param bad p1 in (p0, 1)
 */
public record SequentialTest(double healthy, double bad) {
  /** Share of healthy candidates that may be rolled back. */
  public static final double ALPHA = 0.01;

  /** Share of bad candidates that may be accepted. */
  public static final double BETA = 0.05;

  /** Which hypothesis stands. */
  public enum Answer {
    /** p0 is accepted. */
    HEALTHY,
    /** Not enough requests. */
    OPEN,
    /** p1 is accepted. */
    BAD
  }

  /** {@return the log likelihood ratio} */
  public double logRatio(long requests, long errors) {
    return errors * Math.log(bad / healthy)
        + (requests - errors) * Math.log((1 - bad) / (1 - healthy));
  }

  /** {@return the answer after so many requests and errors} */
  public Answer answer(long requests, long errors) {
    double ratio = logRatio(requests, errors);
    if (ratio >= Math.log((1 - BETA) / ALPHA)) {
      return Answer.BAD;
    }
    return ratio <= acceptance() ? Answer.HEALTHY : Answer.OPEN;
  }

  /** {@return the mean number of requests until a healthy candidate is accepted, by Wald} */
  public long expectedRequests() {
    double atEnd = (1 - ALPHA) * acceptance() + ALPHA * Math.log((1 - BETA) / ALPHA);
    double each =
        healthy * Math.log(bad / healthy) + (1 - healthy) * Math.log((1 - bad) / (1 - healthy));
    return (long) Math.ceil(atEnd / each);
  }

  /**
   * {@return requests without any error that exclude the bad rate at 95 %: ⌈ln 0.05 / ln(1−p1)⌉}
   */
  public long minimumRequests() {
    return (long) Math.ceil(Math.log(0.05) / Math.log(1 - bad));
  }

  private static double acceptance() {
    return Math.log(BETA / (1 - ALPHA));
  }
}
