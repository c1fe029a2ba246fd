package dev.slipway.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/**
 * How a new version takes over.
 *
 * @param steps shares of the requests that the new version gets, in percent, rising
 * @param bake how long each step, and the time after the last one, is watched
 * @param regret how long after completion an alarm still takes the version back
 * @param errorRate what counts as healthy and as bad
 * @param tick time between two looks while a release is active
 * @param alarmPeriod length of one alarm period
 * @param settle time after a shift before evidence counts
 */
public record ReleaseSpec(
    List<Integer> steps,
    Duration bake,
    Duration regret,
    ErrorRateSpec errorRate,
    Duration tick,
    Duration alarmPeriod,
    Duration settle) {
  private static final int MOST_STEPS = 10;

  static final Setting<List<Integer>> STEPS =
      Setting.of(
          "release.steps",
          Values.list(
              "1 to 10 rising whole numbers from 1 to 99, such as [10, 50]",
              Values.count(1, 99),
              ReleaseSpec::areSteps),
          List.of(10, 50),
          "shares of the requests that the new version gets, in percent");
  static final Setting<Duration> BAKE =
      time("bake", Duration.ZERO, Duration.ofDays(7), Duration.ofMinutes(10), "watch per step");
  static final Setting<Duration> REGRET =
      time(
          "regret",
          Duration.ZERO,
          Duration.ofDays(30),
          Duration.ofHours(24),
          "how long after completion an alarm still takes the version back");
  static final Setting<Duration> TICK =
      time(
          "tick",
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          Duration.ofSeconds(10),
          "time between two looks while a release is active");

  /** CloudWatch evaluates no faster than every 10 s (PutMetricAlarm, "Period"). */
  static final Setting<Duration> ALARM_PERIOD =
      time(
          "alarmPeriod",
          Duration.ofSeconds(10),
          Duration.ofHours(1),
          Duration.ofSeconds(10),
          "length of one alarm period: 10s, 30s or whole minutes");

  static final Setting<Duration> SETTLE =
      time(
          "settle",
          Duration.ZERO,
          Duration.ofMinutes(10),
          Duration.ofSeconds(60),
          "time after a shift before evidence counts");

  static final List<Setting<?>> SETTINGS = List.of(STEPS, BAKE, REGRET, TICK, ALARM_PERIOD, SETTLE);

  /** Keeps a copy of the steps; refuses steps that do not rise. */
  public ReleaseSpec {
    steps = List.copyOf(steps);
    if (!areSteps(steps)) {
      throw new IllegalArgumentException("steps do not rise from 1 to 99: " + steps);
    }
  }

  private static Setting<Duration> time(
      String key, Duration least, Duration most, Duration usual, String description) {
    return Setting.of("release." + key, Values.duration(least, most), usual, description);
  }

  private static boolean areSteps(List<Integer> steps) {
    boolean rising = true;
    for (int step = 1; step < steps.size(); step++) {
      rising &= steps.get(step - 1) < steps.get(step);
    }
    return rising && !steps.isEmpty() && steps.size() <= MOST_STEPS;
  }

  static ReleaseSpec read(Area area) {
    ReleaseSpec release =
        new ReleaseSpec(
            area.get(STEPS),
            area.get(BAKE),
            area.get(REGRET),
            ErrorRateSpec.read(area.area("errorRate")),
            area.get(TICK),
            area.get(ALARM_PERIOD),
            area.get(SETTLE));
    area.refuseUnknown();
    long period = release.alarmPeriod.toMillis();
    if (period != 10_000 && period != 30_000 && period % 60_000 != 0) {
      area.conflict("alarmPeriod", "expected 10s, 30s or whole minutes: CloudWatch has no others");
    }
    return release;
  }

  void write(ObjectNode json) {
    json.set("steps", STEPS.toJson(steps));
    json.set("bake", BAKE.toJson(bake));
    json.set("regret", REGRET.toJson(regret));
    errorRate.write(json.putObject("errorRate"));
    json.set("tick", TICK.toJson(tick));
    json.set("alarmPeriod", ALARM_PERIOD.toJson(alarmPeriod));
    json.set("settle", SETTLE.toJson(settle));
  }
}
