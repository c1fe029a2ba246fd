package dev.slipway.control.port;

import dev.slipway.release.judge.Counts;
import dev.slipway.release.judge.WarmRequests;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The counters that versions write about themselves. */
public interface Counters {
  /**
   * {@return the sums per version over a time; empty when they could not be read whole}
   *
   * @param model whose counters
   * @param function the model's function, for the counters of Lambda itself
   * @param versions which versions; each is in the answer
   * @param from begin
   * @param to end
   */
  Optional<Map<Integer, Counts>> sums(
      String model, String function, Set<Integer> versions, Instant from, Instant to);

  /**
   * {@return how warm requests of a canary compare with those of its baseline; empty when there are
   * none of one of them, or they could not be read}
   *
   * @param model whose counters
   * @param candidate the canary's version
   * @param baseline the version beside it
   * @param harmlessMillis as fast as this is fast enough, whatever the baseline does
   * @param from begin
   * @param to end
   */
  Optional<WarmRequests> latency(
      String model, int candidate, int baseline, double harmlessMillis, Instant from, Instant to);
}
