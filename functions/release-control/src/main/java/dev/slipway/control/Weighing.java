package dev.slipway.control;

import dev.slipway.control.port.World;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseState;
import dev.slipway.release.judge.Counts;
import dev.slipway.release.judge.Evidence;
import dev.slipway.release.judge.Judge;
import dev.slipway.release.judge.Verdict;
import dev.slipway.release.judge.WarmRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the judge says now of a canary or a watch; the same for the controller and for people. */
final class Weighing {
  private static final int ALL = 100;

  /** Requests within this share of the latency budget are as fast as anybody asked for. */
  private static final double HARMLESS = 0.5;

  private final World world;

  Weighing(World world) {
    this.world = world;
  }

  /**
   * {@return the verdict on what was counted}
   *
   * @param look at the model
   * @param release in CANARY or WATCHING
   * @param from when its evidence begins
   */
  Verdict weigh(Look look, Release release, Instant from) {
    Judge judge = new Judge(release.settings());
    Evidence evidence = evidence(look, release, from, look.view().now());
    return release.state() instanceof ReleaseState.Canary
        ? judge.canary(evidence)
        : judge.watch(evidence, release.replayGated());
  }

  private Evidence evidence(Look look, Release release, Instant from, Instant now) {
    int candidate = release.candidate().orElseThrow();
    Set<Integer> versions = new HashSet<>(Set.of(candidate));
    release.baseline().ifPresent(versions::add);
    Optional<Map<Integer, Counts>> sums =
        world.counters().sums(look.model(), look.wish().function(), versions, from, now);
    return new Evidence(
        sums.map(found -> found.getOrDefault(candidate, Counts.NONE)),
        sums.map(found -> found.getOrDefault(release.baseline().orElse(0), Counts.NONE)),
        latency(look, release, from, now),
        weight(release),
        Duration.between(from, now));
  }

  /** Only a canary has a baseline that serves beside it. */
  private Optional<WarmRequests> latency(Look look, Release release, Instant from, Instant now) {
    return release.state() instanceof ReleaseState.Canary && release.baseline().isPresent()
        ? world
            .counters()
            .latency(
                look.model(),
                release.candidate().orElseThrow(),
                release.baseline().getAsInt(),
                HARMLESS * look.wish().latencyBudgetMillis(),
                from,
                now)
        : Optional.empty();
  }

  private static int weight(Release release) {
    return release.state() instanceof ReleaseState.Canary(int step)
        ? release.settings().steps().get(step)
        : ALL;
  }
}
