package dev.slipway.control.histories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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

  /** Fixed seeds: the first history that catches each mutant is the same in every run. */
  @Test
  void mutants_inFewHistories_areAllCaught(TestReporter reporter) {
    for (Mutant mutant : mutants()) {
      OptionalLong first =
          LongStream.range(0, 2_000).filter(seed -> isCaught(seed, mutant)).findFirst();
      reporter.publishEntry(mutant + " caught by the history of seed", first.toString());

      assertTrue(first.isPresent(), mutant.toString());
    }
  }

  @Test
  @Tag("nightly")
  void manyHistories_ofTheProduct_violateNothing(TestReporter reporter) {
    reporter.publishEntry(
        "worst convergence in 100,000 histories, ticks", Integer.toString(worst(100_000)));
  }

  @Test
  @Tag("nightly")
  void mutants_inManyHistories_areAllHitOften(TestReporter reporter) {
    StringBuilder table = new StringBuilder("\n| mutant | hit in 3,000 histories |\n|---|---|\n");
    Map<Mutant, Long> hits = new EnumMap<>(Mutant.class);
    for (Mutant mutant : mutants()) {
      hits.put(
          mutant,
          LongStream.range(0, 3_000).parallel().filter(seed -> isCaught(seed, mutant)).count());
      table.append("| %s | %d |%n".formatted(mutant, hits.get(mutant)));
    }
    reporter.publishEntry("mutants", table.toString());

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

  private static List<Mutant> mutants() {
    return Arrays.stream(Mutant.values()).filter(mutant -> mutant != Mutant.NONE).toList();
  }

  private static boolean isCaught(long seed, Mutant mutant) {
    return new History(seed, mutant).run(STEPS).isPresent();
  }
}
