package dev.slipway.cli.rollback;

import java.util.List;

/**
 * All runs together.
 *
 * @param trials each run
 * @param periodSeconds evaluation period of the alarms
 * @param limitSeconds M+1 periods
 * @param p50Seconds median time until the alias was back, over the runs that had traffic
 * @param p99Seconds its 99th percentile, the smallest value that 99 % do not exceed
 * @param maxSeconds its maximum
 */
public record RollbackReport(
    List<Trial> trials,
    int periodSeconds,
    int limitSeconds,
    double p50Seconds,
    double p99Seconds,
    double maxSeconds) {
  /** Breaching periods until an alarm goes off, as the controller makes them. */
  static final int M = 2;

  /** Copies the trials. */
  public RollbackReport {
    trials = List.copyOf(trials);
  }

  static RollbackReport of(List<Trial> trials, int periodSeconds) {
    double[] times =
        trials.stream()
            .mapToDouble(Trial::secondsToBack)
            .filter(seconds -> seconds > 0)
            .sorted()
            .toArray();
    return new RollbackReport(
        trials,
        periodSeconds,
        (M + 1) * periodSeconds,
        quantile(times, 0.5),
        quantile(times, 0.99),
        quantile(times, 1));
  }

  private static double quantile(double[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  /** {@return whether every run ended as it must, in time} */
  public boolean isGood() {
    return maxSeconds <= limitSeconds && trials.stream().allMatch(Trial::isAsItMust);
  }
}
