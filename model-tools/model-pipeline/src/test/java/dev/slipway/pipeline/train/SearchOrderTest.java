package dev.slipway.pipeline.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.pipeline.train.SearchOrder.Tried;
import dev.slipway.spec.SearchMethod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SearchOrderTest {
  private static final List<Integer> SIZES = List.of(4, 3, 3, 3);
  private static final List<Integer> USUAL = List.of(1, 1, 1, 1);

  @Test
  void grid_givenTrialsEnough_triesEveryCombinationOnce() {
    List<Tried> tried = search(SearchMethod.GRID, 1, 500);

    assertEquals(4 * 3 * 3 * 3, tried.size());
    assertEquals(tried.size(), new HashSet<>(tried).size());
  }

  @Test
  void grid_ofAFewTrials_triesEveryAnswer() {
    List<Tried> tried = search(SearchMethod.GRID, 1, 12);

    for (int question = 0; question < SIZES.size(); question++) {
      int at = question;
      assertEquals(
          SIZES.get(question),
          (int) tried.stream().map(one -> one.choices().get(at)).distinct().count());
    }
  }

  @Test
  void bayesian_onAKnownObjective_findsLowerLossesThanRandomOnAverage() {
    assertTrue(
        meanOfBest(SearchMethod.BAYESIAN) < 0.8 * meanOfBest(SearchMethod.RANDOM),
        () -> meanOfBest(SearchMethod.BAYESIAN) + " against " + meanOfBest(SearchMethod.RANDOM));
  }

  @ParameterizedTest
  @EnumSource
  void next_ofTheSameSeed_isTheSame(SearchMethod method) {
    assertEquals(search(method, 7, 20), search(method, 7, 20));
    assertEquals(USUAL, search(method, 7, 1).getFirst().choices());
    assertEquals(20, search(method, 7, 20).size());
  }

  private static double meanOfBest(SearchMethod method) {
    double sum = 0;
    int seeds = 200;
    for (int seed = 0; seed < seeds; seed++) {
      sum += search(method, seed, 20).stream().mapToDouble(Tried::loss).min().orElseThrow();
    }
    return sum / seeds;
  }

  private static List<Tried> search(SearchMethod method, long seed, int trials) {
    SearchOrder order = new SearchOrder(method, SIZES, USUAL, new Seeds(seed).generator("search"));
    List<Tried> tried = new ArrayList<>();
    for (int number = 0; number < trials; number++) {
      Optional<List<Integer>> next = order.next(tried);
      next.ifPresent(choices -> tried.add(new Tried(choices, loss(choices))));
    }
    return tried;
  }

  /** Least, 0, at (3, 0, 2, 0). */
  private static double loss(List<Integer> choices) {
    return Math.abs(choices.get(0) - 3)
        + 2 * choices.get(1)
        + Math.abs(choices.get(2) - 2)
        + 0.5 * choices.get(3);
  }
}
