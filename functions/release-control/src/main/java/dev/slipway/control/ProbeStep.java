package dev.slipway.control;

import dev.slipway.control.port.World;
import dev.slipway.release.Reason;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.judge.Counts;
import dev.slipway.release.judge.Forecast;
import dev.slipway.release.judge.Judge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** PUBLISHED: alarms, golden requests against the version itself, and how to shift. */
final class ProbeStep {
  private static final Duration SHORTEST_LATELY = Duration.ofSeconds(30);
  private static final Duration LONGEST_LATELY = Duration.ofMinutes(10);

  private final World world;
  private final Ledgering ledger;
  private final Replay replay;
  private final WeightCheck weights;

  ProbeStep(World world, Ledgering ledger) {
    this.world = world;
    this.ledger = ledger;
    this.replay = new Replay(world);
    this.weights = new WeightCheck(world);
  }

  Step probe(Look look, Release release) {
    int candidate = release.candidate().orElseThrow();
    world
        .alarms()
        .make(
            look.model(),
            look.wish().function(),
            candidate,
            release.settings().alarmPeriod(),
            look.wish().alarmTopicArn());
    Replay.Result golden = replay.golden(look.wish(), release.proposal().bundleDigest(), candidate);
    SortedMap<String, String> evidence = new TreeMap<>();
    evidence.put("goldenRequests", Integer.toString(golden.cases()));
    evidence.put("goldenDifferences", Integer.toString(golden.problems().size()));
    if (!golden.problems().isEmpty()) {
      return ledger.append(look, new ReleaseEvent.Rejected(golden.problems()), evidence);
    }
    Optional<Reason> worse = sideBySide(look, release, evidence);
    if (worse.isPresent()) {
      return ledger.append(look, new ReleaseEvent.Rejected(List.of(worse.get())), evidence);
    }
    Forecast forecast = forecast(look, release);
    List<Reason> impossible = forecast.replayGated() ? List.of() : weights.refuse(look, release);
    return !impossible.isEmpty()
        ? ledger.append(look, new ReleaseEvent.Rejected(impossible), evidence)
        : ledger.append(
            look, new ReleaseEvent.ShiftStarted(forecast.replayGated(), forecast.why()), evidence);
  }

  private Optional<Reason> sideBySide(
      Look look, Release release, SortedMap<String, String> evidence) {
    OptionalInt baseline = release.baseline();
    Optional<String> bundle =
        baseline.isEmpty()
            ? Optional.empty()
            : look.head()
                .version(baseline.getAsInt())
                .flatMap(known -> known.content().bundleDigest());
    if (bundle.isEmpty()) {
      return Optional.empty();
    }
    SideBySide.Result replayed =
        SideBySide.compare(
            world,
            look.wish(),
            bundle.get(),
            baseline.getAsInt(),
            release.candidate().orElseThrow());
    evidence.putAll(replayed.numbers());
    return replayed.problem();
  }

  private Forecast forecast(Look look, Release release) {
    OptionalInt baseline = release.baseline();
    boolean fallback = baseline.isEmpty() || baseline.equals(look.head().fallback());
    Instant now = look.view().now();
    Duration lately = lately(release.settings().bake());
    long requests =
        fallback
            ? 0
            : world
                .counters()
                .sums(
                    look.model(),
                    look.wish().function(),
                    Set.of(baseline.orElseThrow()),
                    now.minus(lately),
                    now)
                .map(sums -> sums.getOrDefault(baseline.getAsInt(), Counts.NONE).requests())
                .orElse(0L);
    return new Judge(release.settings()).forecast(requests, lately, fallback);
  }

  /** The present traffic is that of the last bake, within reason. */
  private static Duration lately(Duration bake) {
    Duration atLeast = bake.compareTo(SHORTEST_LATELY) < 0 ? SHORTEST_LATELY : bake;
    return atLeast.compareTo(LONGEST_LATELY) > 0 ? LONGEST_LATELY : atLeast;
  }
}
