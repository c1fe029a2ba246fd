package dev.slipway.control;

import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.port.World;
import dev.slipway.release.Head;
import dev.slipway.release.Plan;
import dev.slipway.release.Planner;
import dev.slipway.release.ledger.LedgerUnavailableException;
import dev.slipway.release.ledger.ReleaseLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Brings one model as far as it can be brought now. May run many times at once, be killed at any
 * point and be repeated: nothing is kept between two looks but the ledger and AWS itself.
 */
public final class Reconciler {
  /** More steps than any release has without a rest; a bound, so that a fault cannot spin. */
  private static final int STEPS = 60;

  private static final Duration BUDGET = Duration.ofMinutes(3);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  private final World world;
  private final Looker looker;
  private final Effects effects;

  /**
   * A reconciler.
   *
   * @param world everything outside
   * @param ledger the releases' histories
   */
  public Reconciler(World world, ReleaseLedger ledger) {
    this.world = world;
    this.looker = new Looker(world, ledger);
    this.effects = new Effects(world, new Ledgering(world, ledger));
  }

  /** {@return where the model stands after everything was done that can be done now} */
  public Reply reconcile(String model) {
    Instant end = world.time().now().plus(BUDGET);
    Set<Integer> silent = new HashSet<>();
    String state = "-";
    for (int step = 0; step < STEPS && world.time().now().isBefore(end); step++) {
      try {
        Optional<Look> look = looker.look(model, silent);
        if (look.isEmpty()) {
          world.log().accept("WISH_MISSING: no stack wants " + model);
          return new Reply(model, false, 1, "-");
        }
        state = state(look.get().head());
        switch (step(look.get())) {
          case Step.Again _ -> {}
          case Step.Silent(int version) -> silent.add(version);
          case Step.Rest(boolean active, Duration pause) -> {
            return new Reply(model, active, Math.max(1, pause.toSeconds()), state);
          }
        }
      } catch (ControlPlaneException | LedgerUnavailableException failure) {
        world.log().accept("STEP_FAILED: " + model + " in " + state + ": " + failure.getMessage());
        if (!isStale(failure)) {
          return new Reply(model, true, AFTER_FAILURE.toSeconds(), state);
        }
      }
    }
    return new Reply(model, true, 1, state);
  }

  private Step step(Look look) {
    Plan plan = Planner.next(look.head(), look.view());
    return effects.carryOut(look, plan);
  }

  /** Another worker moved first: that is progress, look again at once. */
  private static boolean isStale(RuntimeException failure) {
    return failure instanceof ControlPlaneException known
        && known.kind() == ControlPlaneException.Kind.STALE;
  }

  private static String state(Head head) {
    return head.active()
        .or(head::pending)
        .or(head::last)
        .map(release -> release.state().label())
        .orElse("-");
  }
}
