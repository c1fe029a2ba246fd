package dev.slipway.control.histories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Biased random histories: the product violates nothing, each mutant is caught. */
final class HistoriesTest {
  private static final int STEPS = 40;

  @Test
  void histories_ofTheProduct_violateNothingAndComeToRest(TestReporter reporter) {
    reporter.publishEntry("worst convergence, ticks", Integer.toString(worst(2_000)));
  }

  /** The two that few histories are enough for; the nightly profile hits the others. */
  @Test
  void mutants_withoutTheGuardsOfTheLedger_areCaught(TestReporter reporter) {
    for (Mutant mutant : List.of(Mutant.NO_HEAD_GUARD, Mutant.LOST_ENTRY_IS_WRITTEN)) {
      long hits = hits(mutant, 40);
      reporter.publishEntry(mutant + " hit in 40 histories", Long.toString(hits));

      assertTrue(hits > 0, mutant.toString());
    }
  }

  @Test
  @Tag("nightly")
  void manyHistories_ofTheProduct_violateNothing(TestReporter reporter) {
    reporter.publishEntry("worst convergence, ticks", Integer.toString(worst(100_000)));
  }

  @Test
  @Tag("nightly")
  void mutants_inManyHistories_areAllHitOften(TestReporter reporter) {
    Map<Mutant, Long> hits = hits(20_000);
    reporter.publishEntry("mutants hit in 20,000 histories", hits.toString());

    assertTrue(hits.values().stream().allMatch(count -> count >= 10), hits.toString());
  }

  private static int worst(long histories) {
    return LongStream.range(0, histories).parallel().mapToInt(HistoriesTest::ticks).max().orElse(0);
  }

  private static int ticks(long seed) {
    History history = new History(seed, Mutant.NONE);
    assertEquals(Optional.empty(), history.run(STEPS), "seed " + seed);
    try {
      return history.converge();
    } catch (Violation violation) {
      throw new AssertionError("seed " + seed + ": " + violation.getMessage(), violation);
    }
  }

  private static Map<Mutant, Long> hits(long histories) {
    Map<Mutant, Long> hits = new EnumMap<>(Mutant.class);
    Arrays.stream(Mutant.values())
        .filter(mutant -> mutant != Mutant.NONE)
        .forEach(mutant -> hits.put(mutant, hits(mutant, histories)));
    return hits;
  }

  private static long hits(Mutant mutant, long histories) {
    return LongStream.range(0, histories)
        .parallel()
        .filter(seed -> new History(seed, mutant).run(STEPS).isPresent())
        .count();
  }
}
