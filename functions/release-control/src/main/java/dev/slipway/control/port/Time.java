package dev.slipway.control.port;

import java.time.Duration;
import java.time.Instant;

/** The time, and waiting for it. */
public interface Time {
  /** {@return now} */
  Instant now();

  /** Waits. */
  void pause(Duration duration);

  /** {@return the computer's clock} */
  static Time system() {
    return new SystemTime();
  }
}
