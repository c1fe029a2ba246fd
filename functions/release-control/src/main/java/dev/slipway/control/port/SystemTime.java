package dev.slipway.control.port;

import java.time.Duration;
import java.time.Instant;

/** The computer's clock. */
final class SystemTime implements Time {
  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ControlPlaneException(
          ControlPlaneException.Kind.UNKNOWN, "WAIT_INTERRUPTED: the function ends", interrupted);
    }
  }
}
