package dev.slipway.release.judge;

/** The binomial distribution, exactly, for counts up to some ten thousands. */
final class Binomial {
  private static final int HALVINGS = 60;

  private Binomial() {}

  /** {@return P(X ≥ k) for X of n trials with probability p in [0, 1]} */
  static double atLeast(long k, long n, double p) {
    if (k <= 0) {
      return 1;
    }
    if (p <= 0 || p >= 1) {
      return p >= 1 && k <= n ? 1 : 0;
    }
    double sum = 0;
    double logChoose = 0;
    for (long i = 0; i <= n; i++) {
      if (i >= k) {
        sum += Math.exp(logChoose + i * Math.log(p) + (n - i) * Math.log(1 - p));
      }
      logChoose += Math.log((double) (n - i) / (i + 1));
    }
    return Math.min(1, sum);
  }

  /** {@return the lower end of the 95 % interval of Clopper and Pearson (1934)} */
  static double lower(long k, long n) {
    return k == 0 ? 0 : probabilityWhere(k, n, 0.025);
  }

  /** {@return the upper end of the 95 % interval of Clopper and Pearson (1934)} */
  static double upper(long k, long n) {
    return k == n ? 1 : probabilityWhere(k + 1, n, 0.975);
  }

  /** P(X ≥ k) grows with p: found by halving. */
  private static double probabilityWhere(long k, long n, double wanted) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (atLeast(k, n, middle) < wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
