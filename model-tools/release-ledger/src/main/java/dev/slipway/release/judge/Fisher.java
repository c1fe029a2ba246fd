package dev.slipway.release.judge;

/**
 * Fisher's exact test of two shares, one-sided (R. A. Fisher, "The Design of Experiments", 1935).
 * Its level holds for one look only: it stands in {@link JudgeTable} for contrast.
 */
final class Fisher {
  private Fisher() {}

  /**
   * {@return the chance of {@code failed} or more of the failures in this arm, were both alike}
   *
   * @param failed failures of one arm
   * @param requests requests of that arm
   * @param allFailed failures of both
   * @param allRequests requests of both
   */
  static double chance(long failed, long requests, long allFailed, long allRequests) {
    double sum = 0;
    // The hypergeometric distribution, each term from the one before; most is at most allFailed.
    long most = Math.min(requests, allFailed);
    double log =
        logChoose(allFailed, failed)
            + logChoose(allRequests - allFailed, requests - failed)
            - logChoose(allRequests, requests);
    for (long k = failed; k <= most; k++) {
      sum += Math.exp(log);
      log +=
          Math.log((double) (allFailed - k) / (k + 1))
              + Math.log((double) (requests - k) / (allRequests - allFailed - requests + k + 1));
    }
    return Math.min(1, sum);
  }

  private static double logChoose(long n, long k) {
    double log = 0;
    long fewer = Math.min(k, n - k);
    for (long i = 1; i <= fewer; i++) {
      log += Math.log((double) (n - fewer + i) / i);
    }
    return log;
  }
}
