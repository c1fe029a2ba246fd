package dev.slipway.infra;

import dev.slipway.spec.ReleaseSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Release settings of the context (short times on a laptop), laid over those of a {@code
 * model.yaml}.
 *
 * @param values what to replace, by the wish's keys
 */
public record ReleaseOverrides(Map<String, Object> values) {
  private static final Set<String> KEYS =
      Set.of(
          "steps",
          "bakeSeconds",
          "regretSeconds",
          "healthyErrorRate",
          "badErrorRate",
          "tickSeconds",
          "alarmPeriodSeconds",
          "settleSeconds");

  /** Keeps a copy of the map. */
  public ReleaseOverrides {
    values = Map.copyOf(values);
  }

  static ReleaseOverrides read(Context context) {
    Map<String, Object> values = context.object("release");
    for (Map.Entry<String, Object> entry : values.entrySet()) {
      String key = entry.getKey();
      if (!KEYS.contains(key)) {
        context.note("release", "one of " + new TreeSet<>(KEYS), key);
      } else if (key.equals("steps") && !(entry.getValue() instanceof Iterable<?>)) {
        context.note("release.steps", "a list of percentages", entry.getValue().toString());
      } else if (!key.equals("steps") && !(entry.getValue() instanceof Number)) {
        context.note("release." + key, "a number", entry.getValue().toString());
      }
    }
    return new ReleaseOverrides(values);
  }

  /** {@return the release part of a model's wish: its own settings, replaced where set here} */
  public Map<String, Object> over(ReleaseSpec release) {
    Map<String, Object> wish = new LinkedHashMap<>();
    wish.put("steps", release.steps());
    wish.put("bakeSeconds", seconds(release.bake()));
    wish.put("regretSeconds", seconds(release.regret()));
    wish.put("healthyErrorRate", release.errorRate().healthy());
    wish.put("badErrorRate", release.errorRate().bad());
    wish.put("tickSeconds", seconds(release.tick()));
    wish.put("alarmPeriodSeconds", seconds(release.alarmPeriod()));
    wish.put("settleSeconds", seconds(release.settle()));
    wish.replaceAll((key, value) -> values.getOrDefault(key, value));
    return wish;
  }

  /** Whole seconds, the finest the wish knows; anything shorter counts as one. */
  private static long seconds(Duration duration) {
    return duration.isZero() ? 0 : Math.max(1, duration.toSeconds());
  }
}
