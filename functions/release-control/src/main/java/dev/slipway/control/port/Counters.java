package dev.slipway.control.port;

import dev.slipway.release.judge.Counts;
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
}
