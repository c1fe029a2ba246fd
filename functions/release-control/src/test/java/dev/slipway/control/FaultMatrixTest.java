package dev.slipway.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.control.simulator.Faults;
import dev.slipway.control.simulator.Faults.Fault;
import dev.slipway.control.simulator.Simulation;
import dev.slipway.release.AliasContent;
import dev.slipway.release.Head;
import dev.slipway.release.VersionStatus;
import java.time.Duration;
import java.util.List;
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
    int calls = everyCall(fault, false);

    assertTrue(calls > 40, "a story of only " + calls + " calls proves little");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void anyCall_failsOnceWhileABadModelIsRolledBack_theGoodOneServes(Fault fault) {
    int calls = everyCall(fault, true);

    assertTrue(calls > 40, "a story of only " + calls + " calls proves little");
  }

  private static int everyCall(Fault fault, boolean bad) {
    int number = 0;
    while (tell(fault, bad, number)) {
      number++;
    }
    return number;
  }

  /** {@return whether the story had a call with that number} */
  private static boolean tell(Fault fault, boolean bad, int faulty) {
    Simulation world = new Simulation();
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
    survive(() -> world.look());
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
    check(world, fault + " at call " + faulty + ", bad " + bad);
    return hit[0];
  }

  /** A killed worker is followed by another one that knows nothing of it. */
  private static void survive(Runnable turn) {
    try {
      turn.run();
    } catch (Faults.Killed killed) {
      assertTrue(String.valueOf(killed.getMessage()).contains("killed"));
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
