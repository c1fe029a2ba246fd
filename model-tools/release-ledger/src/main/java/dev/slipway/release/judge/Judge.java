package dev.slipway.release.judge;

import dev.slipway.release.Reason;
import dev.slipway.release.ReleaseSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * PASS, HOLD or FAIL from the sums since the alias was confirmed. Works with little traffic, and
 * may be asked as often as one likes: the false alarms of {@link SequentialTest} and {@link
 * ErrorSplit} hold under continuous looking.
 *
 * @param settings error rates, bake and settle time
 */
public record Judge(ReleaseSettings settings) {
  /** One invalid answer may be a broken request; two are a broken model. */
  static final long INVALID_MAXIMUM = 1;

  private static final double LOG_E_LIMIT = -Math.log(SequentialTest.ALPHA);

  /** {@return the verdict on one canary step} */
  public Verdict canary(Evidence evidence) {
    SortedMap<String, String> numbers = numbers(evidence);
    List<Reason> reasons = failures(evidence);
    if (!reasons.isEmpty()) {
      return new Verdict.Fail(reasons, numbers);
    }
    return missing(evidence)
        .<Verdict>map(why -> new Verdict.Hold(why, numbers))
        .orElseGet(() -> new Verdict.Pass(numbers));
  }

  /**
   * {@return the verdict on the final watch}
   *
   * @param evidence the sums
   * @param replayGated whether traffic was never expected: then its absence is no reason to wait
   */
  public Verdict watch(Evidence evidence, boolean replayGated) {
    SortedMap<String, String> numbers = numbers(evidence);
    List<Reason> reasons = failures(evidence);
    if (!reasons.isEmpty()) {
      return new Verdict.Fail(reasons, numbers);
    }
    if (evidence.candidate().isEmpty()) {
      return new Verdict.Hold("the counters could not be read", numbers);
    }
    if (evidence.since().compareTo(settings.bake()) < 0) {
      return new Verdict.Hold("the bake is not over", numbers);
    }
    if (evidence.candidate().get().requests() == 0 && !replayGated) {
      return new Verdict.Hold("no request since the last shift; no data is not good", numbers);
    }
    return new Verdict.Pass(numbers);
  }

  private List<Reason> failures(Evidence evidence) {
    List<Reason> reasons = new ArrayList<>();
    evidence.candidate().ifPresent(candidate -> addFailures(evidence, candidate, reasons));
    return reasons;
  }

  private void addFailures(Evidence evidence, Counts candidate, List<Reason> reasons) {
    if (candidate.invalid() > INVALID_MAXIMUM) {
      reasons.add(
          new Reason(
              "INVALID_OUTPUTS",
              candidate.invalid() + " answers were not finite, or not of the declared shape"));
    }
    if (test().answer(candidate.requests(), candidate.failed()) == SequentialTest.Answer.BAD) {
      reasons.add(
          new Reason(
              "ERROR_RATE_BAD",
              "%d of %d requests failed; a healthy version fails %.1f %%"
                  .formatted(
                      candidate.failed(),
                      candidate.requests(),
                      100 * settings.healthyErrorRate())));
    }
    split(evidence, candidate, Counts::failed, "ERRORS_UNEVEN", "errors").ifPresent(reasons::add);
    split(evidence, candidate, Counts::slow, "SLOW_UNEVEN", "slow requests")
        .ifPresent(reasons::add);
    evidence
        .latency()
        .filter(WarmLatency::isSlower)
        .ifPresent(warm ->
            reasons.add(
                new Reason(
                    "LATENCY_WORSE",
                    "%d of %d warm requests took longer than the baseline's 90th percentile"
                        .formatted(warm.above(), warm.warm()))));
  }

  private static Optional<Reason> split(
      Evidence evidence,
      Counts candidate,
      ToLongFunction<Counts> counter,
      String code,
      String what) {
    if (evidence.baseline().isEmpty() || evidence.weightPercent() >= 100) {
      return Optional.empty();
    }
    long mine = counter.applyAsLong(candidate);
    long both = mine + counter.applyAsLong(evidence.baseline().get());
    double logE = ErrorSplit.logE(mine, both, evidence.weightPercent() / 100.0);
    return logE < LOG_E_LIMIT
        ? Optional.empty()
        : Optional.of(
            new Reason(
                code,
                "%d of %d %s fell on the candidate, which had %d %% of the traffic"
                    .formatted(mine, both, what, evidence.weightPercent())));
  }

  private Optional<String> missing(Evidence evidence) {
    if (evidence.candidate().isEmpty() || evidence.baseline().isEmpty()) {
      return Optional.of("the counters could not be read");
    }
    if (evidence.since().compareTo(settings.bake()) < 0) {
      return Optional.of("the bake is not over");
    }
    Counts candidate = evidence.candidate().get();
    if (candidate.requests() < test().minimumRequests()) {
      return Optional.of(
          candidate.requests() + " of at least " + test().minimumRequests() + " requests");
    }
    return test().answer(candidate.requests(), candidate.failed()) == SequentialTest.Answer.HEALTHY
        ? Optional.empty()
        : Optional.of("the error rate is not yet proven healthy");
  }

  private SequentialTest test() {
    return new SequentialTest(settings.healthyErrorRate(), settings.badErrorRate());
  }

  private SortedMap<String, String> numbers(Evidence evidence) {
    SortedMap<String, String> numbers = new TreeMap<>();
    numbers.put("weightPercent", Integer.toString(evidence.weightPercent()));
    numbers.put("seconds", Long.toString(Math.max(0, evidence.since().toSeconds())));
    evidence.baseline().ifPresent(counts -> put(numbers, "baseline", counts));
    evidence
        .latency()
        .ifPresent(warm -> {
          numbers.put("candidateWarm", Long.toString(warm.warm()));
          numbers.put("candidateWarmAboveBaselineP90", Long.toString(warm.above()));
          numbers.put("baselineWarm", Long.toString(warm.baseline()));
          numbers.put("latencyLogE", String.format(Locale.ROOT, "%.3f", WarmLatency.logE(warm)));
        });
    evidence
        .candidate()
        .ifPresent(counts -> {
          put(numbers, "candidate", counts);
          double ratio = test().logRatio(counts.requests(), counts.failed());
          numbers.put("sprtLogRatio", String.format(Locale.ROOT, "%.3f", ratio));
        });
    return numbers;
  }

  private static void put(SortedMap<String, String> numbers, String who, Counts counts) {
    numbers.put(who + "Requests", Long.toString(counts.requests()));
    numbers.put(who + "Failed", Long.toString(counts.failed()));
    numbers.put(who + "Invalid", Long.toString(counts.invalid()));
    numbers.put(who + "Slow", Long.toString(counts.slow()));
  }

  /**
   * {@return what is to be expected at the present traffic}
   *
   * @param requests requests of the whole model seen lately
   * @param window time in which they were seen
   * @param baselineIsFallback whether there is no model to compare with
   */
  public Forecast forecast(long requests, Duration window, boolean baselineIsFallback) {
    return Forecast.of(settings, test(), requests, window, baselineIsFallback);
  }
}
