package dev.slipway.release;

import java.time.Duration;
import java.util.Optional;

/**
 * How long each state may last (rule W10). The exits are in {@link Transition}: before traffic
 * FAILED, with traffic ROLLING_BACK, while rolling back the model is DEGRADED and the controller
 * keeps trying.
 *
 * <table>
 * <caption>Deadlines</caption>
 * <tr><th>state</th><th>lasts at most</th><th>then</th></tr>
 * <tr><td>PROPOSED</td><td>7 days</td><td>FAILED</td></tr>
 * <tr><td>VERIFYING, VERIFIED, PUBLISHING, PUBLISHED</td><td>15 min each</td><td>FAILED</td></tr>
 * <tr><td>SHIFTING, PROMOTING</td><td>10 min each</td><td>ROLLING_BACK</td></tr>
 * <tr><td>CANARY, WATCHING</td><td>settle + 2 × bake + 60 s</td><td>ROLLING_BACK</td></tr>
 * <tr><td>ROLLING_BACK</td><td>10 min</td><td>DEGRADED, tries again</td></tr>
 * </table>
 */
public final class Deadlines {
  private static final Duration QUEUE = Duration.ofDays(7);
  private static final Duration PREPARE = Duration.ofMinutes(15);
  private static final Duration MOVE = Duration.ofMinutes(10);
  private static final Duration SLACK = Duration.ofSeconds(60);

  private Deadlines() {}

  /** {@return the longest stay in a state; empty for states that have ended} */
  public static Optional<Duration> of(ReleaseState state, ReleaseSettings settings) {
    return switch (state) {
      case ReleaseState.Proposed _ -> Optional.of(QUEUE);
      case ReleaseState.BeforeTraffic _ -> Optional.of(PREPARE);
      case ReleaseState.Shifting _, ReleaseState.Promoting _, ReleaseState.RollingBack _ ->
          Optional.of(MOVE);
      case ReleaseState.Canary _, ReleaseState.Watching _ ->
          Optional.of(settings.settle().plus(patience(settings)));
      case ReleaseState.Terminal _ -> Optional.empty();
    };
  }

  /** {@return how long evidence may be gathered in one canary step or in the watch} */
  public static Duration patience(ReleaseSettings settings) {
    return settings.bake().multipliedBy(2).plus(SLACK);
  }
}
