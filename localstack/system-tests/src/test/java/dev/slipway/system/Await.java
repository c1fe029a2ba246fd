package dev.slipway.system;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for something that another process does. */
final class Await {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private Await() {}

  /** {@return what {@code look} finds, looking again and again; fails when it finds nothing} */
  static <T> T found(String what, Duration patience, Supplier<Optional<T>> look) {
    Instant end = Instant.now().plus(patience);
    while (Instant.now().isBefore(end)) {
      Optional<T> found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      pause();
    }
    throw new AssertionError(what + ": not seen in " + patience.toSeconds() + " s");
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_EVERY);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }
}
