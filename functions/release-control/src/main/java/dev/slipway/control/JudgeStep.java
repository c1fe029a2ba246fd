package dev.slipway.control;

import dev.slipway.control.port.World;
import dev.slipway.release.Reason;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseState;
import dev.slipway.release.RollbackTarget;
import dev.slipway.release.judge.Counts;
import dev.slipway.release.judge.Evidence;
import dev.slipway.release.judge.Judge;
import dev.slipway.release.judge.Verdict;
import dev.slipway.release.judge.WarmRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;

/** CANARY and WATCHING: weighs what was counted since the shift was confirmed (rule W9). */
final class JudgeStep {
  private static final int ALL = 100;

  private final World world;
  private final Ledgering ledger;

  JudgeStep(World world, Ledgering ledger) {
    this.world = world;
    this.ledger = ledger;
  }

  Step judge(Look look, Release release) {
    Step rest = new Step.Rest(true, release.settings().tick());
    Instant from = release.evidenceFrom().orElseThrow();
    Instant now = look.view().now();
    if (!now.isAfter(from)) {
      return rest;
    }
    Verdict verdict = verdict(release, evidence(look, release, from, now));
    return switch (verdict) {
      case Verdict.Pass(var numbers) -> pass(look, release, numbers, rest);
      case Verdict.Hold(String why, _) -> {
        world.log().accept("HOLD: " + look.model() + ": " + why);
        yield rest;
      }
      case Verdict.Fail(var reasons, var numbers) -> fail(look, reasons, numbers, rest);
    };
  }

  private static Verdict verdict(Release release, Evidence evidence) {
    Judge judge = new Judge(release.settings());
    return release.state() instanceof ReleaseState.Canary
        ? judge.canary(evidence)
        : judge.watch(evidence, release.replayGated());
  }

  /**
   * A pause holds the next shift back; the end of a watch moves nothing and goes on. Alarms that
   * cannot be read hold both: no data is not OK.
   */
  private Step pass(Look look, Release release, SortedMap<String, String> numbers, Step rest) {
    if (!look.alarmsRead()) {
      world.log().accept("HOLD: " + look.model() + ": its alarms cannot be read");
      return rest;
    }
    boolean moves = release.state() instanceof ReleaseState.Canary;
    return moves && !look.head().control().movesForward()
        ? rest
        : ledger.append(look, new ReleaseEvent.Passed(), numbers);
  }

  private Step fail(Look look, List<Reason> reasons, SortedMap<String, String> numbers, Step rest) {
    OptionalInt target = RollbackTarget.choose(look.head(), look.view().unfit());
    if (target.isPresent()) {
      return ledger.append(
          look, new ReleaseEvent.RollbackStarted(target.getAsInt(), reasons), numbers);
    }
    return look.head().control().degraded().isPresent()
        ? rest
        : ledger.append(
            look,
            new ReleaseEvent.Degraded(reasons.getFirst() + ", and nothing better exists"),
            numbers);
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
