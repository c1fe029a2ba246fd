package dev.slipway.control;

import dev.slipway.control.port.World;
import dev.slipway.release.Reason;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseState;
import dev.slipway.release.RollbackTarget;
import dev.slipway.release.judge.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;

/** CANARY and WATCHING: weighs what was counted since the shift was confirmed (rule W9). */
final class JudgeStep {
  private final World world;
  private final Ledgering ledger;
  private final Weighing weighing;

  JudgeStep(World world, Ledgering ledger) {
    this.world = world;
    this.ledger = ledger;
    this.weighing = new Weighing(world);
  }

  Step judge(Look look, Release release) {
    Step rest = new Step.Rest(true, release.settings().tick());
    Instant from = release.evidenceFrom().orElseThrow();
    if (!look.view().now().isAfter(from)) {
      return rest;
    }
    return switch (weighing.weigh(look, release, from)) {
      case Verdict.Pass(var numbers) -> pass(look, release, numbers, rest);
      case Verdict.Hold(String why, _) -> {
        world.log().accept("HOLD: " + look.model() + ": " + why);
        yield rest;
      }
      case Verdict.Fail(var reasons, var numbers) -> fail(look, reasons, numbers, rest);
    };
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
}
