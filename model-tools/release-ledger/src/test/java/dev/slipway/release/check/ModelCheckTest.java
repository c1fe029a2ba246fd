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
  private static final System.Logger LOG = System.getLogger("model check");
  private static final long FIVE_MILLION = 5_000_000;
  private static final long NIGHTLY = 900_000_000;
  private static final long MUTANT = 2_000_000;

  @Test
  void protocol_twoWorkersAndEverybodyElse_holdsInFiveMillionStates() {
    check("2 workers, two commands", 2, 1, new State.Budget(1, 2, 1, 1, 1), FIVE_MILLION);
  }

  @Test
  void protocol_oneWorkerAndTwoCommands_holdsInEveryState() {
    Explorer.Result result =
        check("1 worker, two commands", 1, 1, new State.Budget(1, 2, 1, 1, 0), FIVE_MILLION);

    assertTrue(result.complete(), result.toString());
  }

  @Test
  void protocol_oneWorkerPeopleAndForeignWrites_holdsInEveryState() {
    Explorer.Result result = check("1 worker", 1, 1, new State.Budget(1, 1, 1, 1, 1), FIVE_MILLION);

    assertTrue(result.complete(), result.toString());
  }

  @Test
  void protocol_removalAndPeople_holdsInEveryState() {
    check("2 workers, removal", 2, 3, new State.Budget(0, 3, 0, 0, 0), FIVE_MILLION);
  }

  @Test
  @Tag("nightly")
  void protocol_oneModelTwoWorkersAndPeople_holdsToTheEnd() {
    check("1 model x 2 workers, people", 2, 1, new State.Budget(1, 2, 1, 1, 1), NIGHTLY);
  }

  @Test
  @Tag("nightly")
  void protocol_twoConcurrentRetrains_holdsToTheEnd() {
    check("2 retrains x 1 worker, people", 1, 1, new State.Budget(2, 2, 1, 1, 1), NIGHTLY);
  }

  private static Explorer.Result check(
      String name, int workers, int good, State.Budget budget, long limit) {
    Protocol protocol = new Protocol(Mutant.NONE);
    Explorer.Result result =
        new Explorer(protocol, limit, true).explore(protocol.start(workers, good, budget));

    LOG.log(System.Logger.Level.INFO, "{0}: {1}", name, result);
    assertEquals(Optional.empty(), result.violation(), result.toString());
    assertEquals(0, result.wedged(), result.toString());
    assertTrue(result.complete() || result.states() >= limit, result.toString());
    return result;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void mutant_oneRuleRemoved_isCaught(Mutant mutant) {
    Protocol protocol = new Protocol(mutant);
    Explorer.Result result = new Explorer(protocol, MUTANT, false).explore(start(protocol, mutant));

    assertTrue(result.violation().isPresent(), mutant + " survived: " + result);
    LOG.log(
        System.Logger.Level.INFO,
        "{0} is caught after {1} steps and {2} states.\n{3}",
        mutant,
        result.trace().size() - 1,
        result.states(),
        result.story());
  }

  /** Removal needs more good versions than are kept, and people who change their minds. */
  private static State start(Protocol protocol, Mutant mutant) {
    return switch (mutant) {
      case RETIRE_ON_STALE_HEAD -> protocol.start(2, 3, new State.Budget(0, 3, 0, 0, 0));
      case SUPERSEDE_WITH_TRAFFIC -> protocol.start(1, 1, new State.Budget(2, 0, 0, 0, 0));
      case ADOPT_ANYTHING, ADOPT_BY_READ -> protocol.start(1, 1, new State.Budget(1, 1, 1, 1, 1));
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
          protocol.start(2, 1, new State.Budget(1, 1, 1, 1, 0));
    };
  }
}
