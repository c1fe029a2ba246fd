package dev.slipway.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.simulator.Faults;
import dev.slipway.control.simulator.Faults.Fault;
import dev.slipway.control.simulator.Simulation;
import dev.slipway.release.AliasContent;
import dev.slipway.release.Head;
import dev.slipway.release.VersionStatus;
import dev.slipway.release.ledger.LedgerUnavailableException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every call of a whole story, in every state it passes through, fails once in every way.
 * Afterwards the model converges: a good version serves, and the ledger is whole.
 */
final class FaultMatrixTest {
  private static final Duration LONG = Duration.ofMinutes(40);

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void anyCall_failsOnceWhileAGoodModelArrives_converges(Fault fault) {
    int calls = everyCall(fault, false, false);

    assertTrue(calls > 40, "a story of only " + calls + " calls proves little");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void anyCall_failsOnceWhileABadModelIsRolledBack_theGoodOneServes(Fault fault) {
    int calls = everyCall(fault, true, false);

    assertTrue(calls > 40, "a story of only " + calls + " calls proves little");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  @Tag("nightly")
  void anyCallOfTheLedgerToo_failsOnceWhileABadModelIsRolledBack_theGoodOneServes(Fault fault) {
    int calls = everyCall(fault, true, true);

    assertTrue(calls > 100, "a story of only " + calls + " calls proves little");
  }

  /** A new call that no story makes would be in no cell of the matrix: this fails then. */
  @Test
  void stories_everyMethodOfEveryPort_isFaultedInOneOfThem() {
    Set<Method> missing = new HashSet<>(Ports.methods());
    for (boolean bad : List.of(false, true)) {
      Simulation world = new Simulation();
      world.ledgerFails();
      world
          .faults()
          .choose((number, name) -> {
            missing.removeAll(Ports.onTheStack());
            return Fault.NONE;
          });
      story(world, bad);
    }

    assertEquals(Set.of(), missing);
  }

  private static int everyCall(Fault fault, boolean bad, boolean ledger) {
    int number = 0;
    while (tell(fault, bad, ledger, number)) {
      number++;
    }
    return number;
  }

  /** {@return whether the story had a call with that number} */
  private static boolean tell(Fault fault, boolean bad, boolean ledger, int faulty) {
    Simulation world = new Simulation();
    if (ledger) {
      world.ledgerFails();
    }
    int[] seen = {0};
    boolean[] hit = {false};
    world
        .faults()
        .choose((number, name) -> {
          boolean now = seen[0] == faulty;
          seen[0]++;
          hit[0] |= now;
          return now ? fault : Fault.NONE;
        });
    story(world, bad);
    check(world, fault + " at call " + faulty + ", bad " + bad);
    return hit[0];
  }

  private static void story(Simulation world, boolean bad) {
    survive(world::tick);
    survive(world::look);
    world.propose("one");
    survive(() -> world.run(0, LONG));
    survive(() -> world.run(0, LONG));
    int first = world.head().stable().orElse(1);
    world.traffic().send(20_000);
    if (bad) {
      world.traffic().fail(first + 1);
    }
    world.propose("two");
    survive(() -> world.run(50, LONG));
    survive(() -> world.run(50, LONG));
    // Bad versions are retired, and removed after their grace.
    for (int hours = 0; bad && hours < 3; hours++) {
      world.time().pause(Duration.ofMinutes(70));
      survive(() -> world.run(1, LONG));
      survive(world::look);
    }
  }

  /** A killed worker is followed by another one that knows nothing of it. */
  private static void survive(Runnable turn) {
    try {
      turn.run();
    } catch (Faults.Killed killed) {
      assertTrue(String.valueOf(killed.getMessage()).contains("killed"));
      turn.run();
    } catch (ControlPlaneException | LedgerUnavailableException failed) {
      // A tick and a person's command report it; the next look is a new one.
      assertTrue(String.valueOf(failed.getMessage()).contains("SIMULATED"), failed.toString());
      turn.run();
    }
  }

  private static void check(Simulation world, String where) {
    Head head = world.head();
    AliasContent alias = world.lambda().alias().orElseThrow().content();
    assertTrue(head.active().isEmpty(), where + ": " + head.active() + last(world));
    assertEquals(head.desired().orElseThrow(), alias, where);
    assertTrue(
        alias.serves().stream().allMatch(version -> head.is(version, VersionStatus.GOOD)),
        where + ": " + alias + " of " + head.versions());
    assertTrue(world.lambda().existing().containsAll(alias.serves()), where);
    assertTrue(world.lambda().isGatewayAllowed(), where);
    assertEquals(List.of(), world.ledger().audit(Simulation.MODEL).problems(), where);
  }

  private static String last(Simulation world) {
    return "\n" + String.join("\n", world.log());
  }
}
