package dev.slipway.cli;

import java.time.Duration;

/** Waits between two looks at something that another process does. */
public final class Pause {
  private Pause() {}

  /**
   * Waits for {@code time}.
   *
   * @param doing completes "stopped while …", should a person stop the command
   * @throws Refusal when the thread is interrupted; it stays marked as interrupted
   */
  public static void of(Duration time, String doing) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Refusal("INTERRUPTED", "stopped while " + doing, interrupted);
    }
  }
}
