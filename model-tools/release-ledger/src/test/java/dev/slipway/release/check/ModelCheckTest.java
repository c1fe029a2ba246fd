package dev.slipway.release.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The release protocol under every interleaving, within bounds; and with each rule removed. */
final class ModelCheckTest {
  private static final long QUICK = 150_000;
  private static final long NIGHTLY = 20_000_000;
  private static final long MUTANT = 1_000_000;

  @Test
  void protocol_twoWorkersAndEverybodyElse_holdsInEveryState() {
    check(2, new State.Budget(1, 1, 1, 1, 0), QUICK);
  }

  @Test
  void protocol_oneWorkerAndForeignWrites_holdsInEveryState() {
    check(1, new State.Budget(1, 1, 1, 1, 1), QUICK);
  }

  @Test
  @Tag("nightly")
  void protocol_toTheEnd_holdsInEveryState() {
    check(2, new State.Budget(1, 1, 1, 1, 0), NIGHTLY);
  }

  private static void check(int workers, State.Budget budget, long limit) {
    Explorer.Result result =
        new Explorer(new Protocol(Mutant.NONE), limit).explore(Protocol.start(workers, 1, budget));

    assertEquals(Optional.empty(), result.violation(), String.join("\n", result.trace()));
    assertTrue(result.complete() || result.states() >= limit, result.toString());
    System.getLogger("check").log(System.Logger.Level.INFO, "{0}", result);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void mutant_oneRuleRemoved_isCaught(Mutant mutant) {
    Explorer.Result result = new Explorer(new Protocol(mutant), MUTANT).explore(start(mutant));

    assertTrue(result.violation().isPresent(), mutant + " survived: " + result);
    System.getLogger("check")
        .log(
            System.Logger.Level.INFO,
            "{0}: {1} after {2} steps and {3} states: {4}",
            mutant,
            result.violation().get(),
            result.trace().size() - 1,
            result.states(),
            result.trace());
  }

  /** Removal needs more good versions than are kept, and people who change their minds. */
  private static State start(Mutant mutant) {
    return switch (mutant) {
      case RETIRE_ON_STALE_HEAD -> Protocol.start(2, 3, new State.Budget(0, 3, 0, 0, 0));
      case SUPERSEDE_WITH_TRAFFIC -> Protocol.start(1, 1, new State.Budget(2, 0, 0, 0, 0));
      case ADOPT_ANYTHING, ADOPT_BY_READ -> Protocol.start(1, 1, new State.Budget(1, 1, 1, 1, 1));
      case NONE,
          EFFECT_BEFORE_INTENT,
          HEAD_READ_FIRST,
          NO_REVISION,
          CONFIRM_BY_READ,
          NO_HEAD_GUARD,
          PUBLISH_ANYTHING,
          RETIRE_ALL_BUT_NEWEST,
          ANY_TARGET,
          PIN_ANYTHING,
          PIN_LEAVES_BAD ->
          Protocol.start(2, 1, new State.Budget(1, 1, 1, 1, 0));
    };
  }

  @Test
  void protocol_removalAndPeople_holdsInEveryState() {
    Explorer.Result result =
        new Explorer(new Protocol(Mutant.NONE), QUICK)
            .explore(Protocol.start(2, 3, new State.Budget(0, 3, 0, 0, 0)));

    assertEquals(Optional.empty(), result.violation(), String.join("\n", result.trace()));
  }
}
