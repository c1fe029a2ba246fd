package dev.slipway.control;

import java.time.Duration;

/** What a step says about the next one. */
sealed interface Step {
  /** Look again at once. */
  record Again() implements Step {}

  /**
   * Nothing to do for a while.
   *
   * @param active whether a release is in flight
   * @param pause until the next look
   */
  record Rest(boolean active, Duration pause) implements Step {}

  /**
   * A version did not answer a direct invoke: count it as unfit and plan again.
   *
   * @param version which
   */
  record Silent(int version) implements Step {}
}
