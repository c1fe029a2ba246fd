package dev.slipway.release.judge;

import dev.slipway.release.ReleaseSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Measures the product's own {@link Judge} in simulated canaries, looked at after every error and
 * every tenth request of the candidate, and naive rules beside it. Seeded: the same seed gives the
 * same table.
 *
 * @param settings error rates and times
 * @param weightPercent the candidate's share of the traffic, 1 to 99
 * @param runs canaries for each line
 * @param seed of the simulation
 */
public record JudgeTable(ReleaseSettings settings, int weightPercent, int runs, long seed) {
  /** A canary without an answer after so many requests of its own is given up as undecided. */
  public static final int LONGEST = 2000;

  private static final int FISHER_ENDS = 500;

  /** Rules to compare. */
  public enum Rule {
    /** {@link Judge#canary}. */
    JUDGE,
    /** Rolls back at the first error within 50 requests of the candidate. */
    FIRST_ERROR,
    /** Rolls back when Fisher's exact test says p < 0.05 at any look, up to 500 requests. */
    FISHER
  }

  /**
   * What one rule did with one kind of candidate.
   *
   * @param rule the rule
   * @param errorRate the candidate's true error rate; the baseline's is the healthy one
   * @param rolledBack canaries rolled back
   * @param runs canaries
   * @param median requests of the candidate until rolled back; -1 when less than half were
   */
  public record Line(Rule rule, double errorRate, int rolledBack, int runs, int median) {
    /** {@return share rolled back} */
    public double rate() {
      return (double) rolledBack / runs;
    }

    /** {@return lower end of the 95 % interval of Clopper and Pearson} */
    public double lower() {
      return Binomial.lower(rolledBack, runs);
    }

    /** {@return upper end of the 95 % interval of Clopper and Pearson} */
    public double upper() {
      return Binomial.upper(rolledBack, runs);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "| %s | %.1f %% | %.2f %% [%.2f, %.2f] | %s |",
          rule,
          100 * errorRate,
          100 * rate(),
          100 * lower(),
          100 * upper(),
          median < 0 ? "-" : Integer.toString(median));
    }
  }

  /** {@return a line for each rule and each error rate} */
  public List<Line> lines(double... errorRates) {
    List<Line> lines = new ArrayList<>();
    for (Rule rule : Rule.values()) {
      for (double errorRate : errorRates) {
        lines.add(line(rule, errorRate));
      }
    }
    return lines;
  }

  /** {@return one line} */
  public Line line(Rule rule, double errorRate) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<Integer> found = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      int requests = canary(rule, errorRate, random);
      if (requests > 0) {
        found.add(requests);
      }
    }
    Collections.sort(found);
    int median = found.size() * 2 > runs ? found.get(runs / 2) : -1;
    return new Line(rule, errorRate, found.size(), runs, median);
  }

  /** Requests of the candidate until it is rolled back; 0 when it is not. */
  private int canary(Rule rule, double errorRate, RandomGenerator random) {
    long[] requests = new long[2];
    long[] failed = new long[2];
    while (requests[1] < LONGEST) {
      int arm = random.nextInt(100) < weightPercent ? 1 : 0;
      boolean error = random.nextDouble() < (arm == 1 ? errorRate : settings.healthyErrorRate());
      requests[arm]++;
      failed[arm] += error ? 1 : 0;
      // Only an error of the candidate can turn a look to a rollback: other looks may be rare.
      boolean looks = arm == 1 && (error || requests[1] % 10 == 0);
      Optional<Boolean> end = looks ? end(rule, requests, failed, error) : Optional.empty();
      if (end.isPresent()) {
        return end.get() ? (int) requests[1] : 0;
      }
    }
    return 0;
  }

  /** True: rolled back; false: passed; empty: goes on. */
  private Optional<Boolean> end(Rule rule, long[] requests, long[] failed, boolean error) {
    return switch (rule) {
      case FIRST_ERROR -> error || requests[1] >= 50 ? Optional.of(error) : Optional.empty();
      case FISHER -> {
        boolean worse =
            Fisher.chance(failed[1], requests[1], failed[0] + failed[1], requests[0] + requests[1])
                < 0.05;
        yield worse || requests[1] >= FISHER_ENDS ? Optional.of(worse) : Optional.empty();
      }
      case JUDGE -> {
        Verdict verdict =
            new Judge(settings)
                .canary(
                    new Evidence(
                        Optional.of(new Counts(requests[1], failed[1], 0, 0)),
                        Optional.of(new Counts(requests[0], failed[0], 0, 0)),
                        Optional.empty(),
                        weightPercent,
                        settings.bake()));
        yield switch (verdict) {
          case Verdict.Fail _ -> Optional.of(true);
          case Verdict.Pass _ -> Optional.of(false);
          case Verdict.Hold _ -> Optional.empty();
        };
      }
    };
  }
}
