package dev.slipway.release;

import java.time.Duration;
import java.util.List;

/**
 * How a release proceeds; copied from the wish into the release when it starts, so that a later
 * change does not move a release in flight.
 *
 * @param steps canary shares in percent, ascending, each 1 to 99; may be empty (one shift)
 * @param bake how long each canary step and the final watch last at least
 * @param regret how long after completion a late alarm still rolls back
 * @param healthyErrorRate share of failed requests of a healthy version, in (0, 1)
 * @param badErrorRate share that must be found, in (healthyErrorRate, 1)
 * @param tick time between two looks while a release is active
 * @param alarmPeriod evaluation period of the counters' alarms: 10 s, 30 s or a multiple of 60 s
 * @param settle time after a confirmed alias write before evidence counts
 */
public record ReleaseSettings(
    List<Integer> steps,
    Duration bake,
    Duration regret,
    double healthyErrorRate,
    double badErrorRate,
    Duration tick,
    Duration alarmPeriod,
    Duration settle) {
  /** Refuses settings under which no release could end well. */
  public ReleaseSettings {
    steps = List.copyOf(steps);
    int last = 0;
    for (int step : steps) {
      if (step <= last || step > 99) {
        throw new IllegalArgumentException(
            "RELEASE_STEPS_INVALID: steps " + steps + " are not ascending within 1 to 99");
      }
      last = step;
    }
    if (!(healthyErrorRate > 0 && healthyErrorRate < badErrorRate && badErrorRate < 1)) {
      throw new IllegalArgumentException(
          "RELEASE_ERROR_RATES_INVALID: expected 0 < healthy < bad < 1, found healthy "
              + healthyErrorRate
              + " and bad "
              + badErrorRate);
    }
    if (bake.isNegative() || regret.isNegative() || settle.isNegative() || !tick.isPositive()) {
      throw new IllegalArgumentException(
          "RELEASE_TIMES_INVALID: bake "
              + bake
              + ", regret "
              + regret
              + ", settle "
              + settle
              + " must not be negative and tick "
              + tick
              + " must be positive");
    }
  }

  /**
   * {@return the defaults of design/release.md: 10 % and 50 %, ten minutes each, a day of regret}
   */
  public static ReleaseSettings defaults() {
    return new ReleaseSettings(
        List.of(10, 50),
        Duration.ofMinutes(10),
        Duration.ofHours(24),
        0.01,
        0.05,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60));
  }
}
