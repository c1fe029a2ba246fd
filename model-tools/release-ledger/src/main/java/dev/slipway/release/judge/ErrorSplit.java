package dev.slipway.release.judge;

/**
 * How unevenly errors fall on the candidate. If candidate and baseline err alike, each error falls
 * on the candidate with probability w, its share of the traffic. With k of n errors on the
 * candidate, E = 1/(1−w) · ∫_w^1 θ^k (1−θ)^(n−k) dθ / (w^k (1−w)^(n−k)) is an e-process: P(E ever ≥
 * 1/α) ≤ α however often one looks (after Lindon, Sanden, Shirikian, "Rapid Regression Detection in
 * Software Deployments through Sequential Testing", KDD 2022). It needs no assumed error rate and
 * survives an outage of both arms.
 */
public final class ErrorSplit {
  private static final int INTERVALS = 2048;

  private ErrorSplit() {}

  /**
   * {@return ln E}
   *
   * @param onCandidate k, errors of the candidate, 0 to {@code errors}
   * @param errors n, errors of both
   * @param share w in (0, 1)
   */
  public static double logE(long onCandidate, long errors, double share) {
    if (errors == 0) {
      return 0;
    }
    // Simpson's rule on the ratio, scaled by its largest value so that nothing overflows.
    double peak = Math.min(1, Math.max(share, (double) onCandidate / errors));
    double scale = logDensity(onCandidate, errors, peak);
    double width = (1 - share) / INTERVALS;
    double sum = 0;
    for (int i = 0; i <= INTERVALS; i++) {
      double theta = i == INTERVALS ? 1 : share + i * width;
      int weight = i == 0 || i == INTERVALS ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * Math.exp(logDensity(onCandidate, errors, theta) - scale);
    }
    double logIntegral = Math.log(sum * width / 3) + scale;
    return logIntegral - Math.log(1 - share) - logDensity(onCandidate, errors, share);
  }

  private static double logDensity(long k, long n, double theta) {
    return times(k, Math.log(theta)) + times(n - k, Math.log(1 - theta));
  }

  /** 0 · ln 0 is 0 here: θ^0 is 1 for every θ. */
  private static double times(long count, double logarithm) {
    return count == 0 ? 0 : count * logarithm;
  }
}
