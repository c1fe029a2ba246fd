package dev.slipway.control;

import dev.slipway.control.port.World;
import dev.slipway.release.ReleaseSettings;
import dev.slipway.release.judge.Counts;
import dev.slipway.release.judge.Forecast;
import dev.slipway.release.judge.Judge;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How long a release's first step will need at the present traffic, or why it would prove nothing.
 */
final class Outlook {
  private static final Duration SHORTEST_LATELY = Duration.ofSeconds(30);
  private static final Duration LONGEST_LATELY = Duration.ofMinutes(10);

  private final World world;

  Outlook(World world) {
    this.world = world;
  }

  /**
   * {@return the forecast; empty while the traffic cannot be read}
   *
   * @param look at the model
   * @param settings of the release
   * @param baseline the version that serves now
   */
  Optional<Forecast> forecast(Look look, ReleaseSettings settings, OptionalInt baseline) {
    Judge judge = new Judge(settings);
    Duration lately = lately(settings.bake());
    if (baseline.isEmpty() || baseline.equals(look.head().fallback())) {
      return Optional.of(judge.forecast(0, lately, true));
    }
    int serving = baseline.getAsInt();
    Instant now = look.view().now();
    return world
        .counters()
        .sums(look.model(), look.wish().function(), Set.of(serving), now.minus(lately), now)
        .map(sums ->
            judge.forecast(sums.getOrDefault(serving, Counts.NONE).requests(), lately, false));
  }

  /** The present traffic is that of the last bake, within reason. */
  private static Duration lately(Duration bake) {
    Duration atLeast = bake.compareTo(SHORTEST_LATELY) < 0 ? SHORTEST_LATELY : bake;
    return atLeast.compareTo(LONGEST_LATELY) > 0 ? LONGEST_LATELY : atLeast;
  }
}
