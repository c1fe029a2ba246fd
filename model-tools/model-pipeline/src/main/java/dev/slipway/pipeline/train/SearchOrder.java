package dev.slipway.pipeline.train;

import dev.slipway.spec.SearchMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Which combination of choices is tried next. A combination names, for each question, one of its
 * answers by position. The first is always the usual one. The same generator and results give the
 * same order. Not thread-safe.
 */
final class SearchOrder {
  /** So many are drawn at random before results guide the draws, the usual one included. */
  private static final int UNGUIDED = 5;

  /** Of the results so far, this part counts as good (Bergstra et al., 2011, take 15 to 25 %). */
  private static final double GOOD = 0.25;

  /** Combinations drawn, of which the most promising is tried. */
  private static final int CANDIDATES = 24;

  private final SearchMethod method;
  private final List<Integer> sizes;
  private final List<Integer> usual;
  private final RandomGenerator random;
  private final int combinations;

  /**
   * Prepares a search.
   *
   * @param sizes how many answers each question has, each at least 1
   * @param usual the combination to begin with
   */
  SearchOrder(
      SearchMethod method, List<Integer> sizes, List<Integer> usual, RandomGenerator random) {
    this.method = method;
    this.sizes = List.copyOf(sizes);
    this.usual = List.copyOf(usual);
    this.random = random;
    this.combinations = sizes.stream().reduce(1, Math::multiplyExact);
  }

  /**
   * A combination with its result.
   *
   * @param choices by question, the position of the answer
   * @param loss lower is better
   */
  record Tried(List<Integer> choices, double loss) {
    Tried {
      choices = List.copyOf(choices);
    }
  }

  /** {@return the next combination; empty when there is no other} */
  Optional<List<Integer>> next(List<Tried> tried) {
    if (tried.isEmpty()) {
      return Optional.of(usual);
    }
    return switch (method) {
      case GRID -> tried.size() < combinations ? Optional.of(grid(tried.size())) : Optional.empty();
      case RANDOM -> Optional.of(draw());
      case BAYESIAN -> tried.size() < UNGUIDED ? Optional.of(draw()) : guided(tried);
    };
  }

  /** Every combination once, in steps that spread over the grid, so that a few cover it. */
  private List<Integer> grid(int number) {
    long at = position(usual) + (long) number * stride();
    return combination((int) (at % combinations));
  }

  /** The nearest to the golden section that shares no factor with the size of the grid. */
  private int stride() {
    int stride = Math.max(1, (int) Math.round(combinations * 0.381966));
    while (greatestDivisor(stride, combinations) != 1) {
      stride++;
    }
    return stride;
  }

  private static int greatestDivisor(int one, int other) {
    return other == 0 ? one : greatestDivisor(other, one % other);
  }

  private int position(List<Integer> choices) {
    int position = 0;
    for (int question = 0; question < sizes.size(); question++) {
      position = position * sizes.get(question) + choices.get(question);
    }
    return position;
  }

  private List<Integer> combination(int position) {
    List<Integer> choices = new ArrayList<>();
    int left = position;
    for (int question = sizes.size() - 1; question >= 0; question--) {
      choices.addFirst(left % sizes.get(question));
      left /= sizes.get(question);
    }
    return List.copyOf(choices);
  }

  private List<Integer> draw() {
    return sizes.stream().map(random::nextInt).toList();
  }

  /**
   * A tree-structured Parzen estimator (Bergstra et al., Algorithms for Hyper-Parameter
   * Optimization, NIPS 2011) over independent questions: answers are drawn as often as they stand
   * in good combinations, and that combination is tried whose answers are most typical of the good
   * and least of the others.
   */
  private Optional<List<Integer>> guided(List<Tried> tried) {
    List<Tried> ranked = tried.stream().sorted(Comparator.comparingDouble(Tried::loss)).toList();
    int count = (int) Math.ceil(GOOD * ranked.size());
    List<double[]> good = chances(ranked.subList(0, count));
    List<double[]> others = chances(ranked.subList(count, ranked.size()));
    List<List<Integer>> known = tried.stream().map(Tried::choices).toList();
    Optional<List<Integer>> best = Optional.empty();
    double highest = Double.NEGATIVE_INFINITY;
    for (int candidate = 0; candidate < CANDIDATES; candidate++) {
      List<Integer> choices = good.stream().map(this::pick).toList();
      double promise = promise(choices, good, others);
      if (!known.contains(choices) && promise > highest) {
        best = Optional.of(choices);
        highest = promise;
      }
    }
    // All the promising ones are known: look elsewhere.
    return best.or(() -> Optional.of(draw()));
  }

  /** How often each answer stands in some combinations; each counts once more than it does. */
  private List<double[]> chances(List<Tried> combinationsTried) {
    List<double[]> chances = new ArrayList<>();
    for (int question = 0; question < sizes.size(); question++) {
      double[] counts = new double[sizes.get(question)];
      Arrays.fill(counts, 1.0 / (sizes.get(question) + combinationsTried.size()));
      for (Tried one : combinationsTried) {
        counts[one.choices().get(question)] +=
            1.0 / (sizes.get(question) + combinationsTried.size());
      }
      chances.add(counts);
    }
    return chances;
  }

  private int pick(double[] chances) {
    double left = random.nextDouble();
    for (int answer = 0; answer < chances.length - 1; answer++) {
      left -= chances[answer];
      if (left < 0) {
        return answer;
      }
    }
    return chances.length - 1;
  }

  private static double promise(List<Integer> choices, List<double[]> good, List<double[]> others) {
    double promise = 0;
    for (int question = 0; question < choices.size(); question++) {
      int answer = choices.get(question);
      promise += Math.log(good.get(question)[answer] / others.get(question)[answer]);
    }
    return promise;
  }
}
