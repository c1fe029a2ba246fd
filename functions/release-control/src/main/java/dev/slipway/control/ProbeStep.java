package dev.slipway.control;

import dev.slipway.control.port.World;
import dev.slipway.release.Reason;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.judge.Forecast;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** PUBLISHED: alarms, golden requests against the version itself, and how to shift. */
final class ProbeStep {
  private final World world;
  private final Ledgering ledger;
  private final Replay replay;
  private final WeightCheck weights;
  private final Outlook outlook;

  ProbeStep(World world, Ledgering ledger) {
    this.world = world;
    this.ledger = ledger;
    this.replay = new Replay(world);
    this.weights = new WeightCheck(world);
    this.outlook = new Outlook(world);
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
    Optional<Forecast> known = outlook.forecast(look, release.settings(), release.baseline());
    if (known.isEmpty()) {
      world.log().accept("HOLD: " + look.model() + ": the present traffic cannot be read");
      return new Step.Rest(true, release.settings().tick());
    }
    Forecast forecast = known.get();
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
}
