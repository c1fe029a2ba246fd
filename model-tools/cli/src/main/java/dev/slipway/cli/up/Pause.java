package dev.slipway.cli.up;

import dev.slipway.cli.Refusal;
import java.time.Duration;

/** Waits between two looks at something that another process does. */
final class Pause {
  private Pause() {}

  static void of(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Refusal("INTERRUPTED", "stopped while waiting for the models", interrupted);
    }
  }
}
