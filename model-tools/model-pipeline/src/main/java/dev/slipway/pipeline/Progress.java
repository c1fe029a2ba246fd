package dev.slipway.pipeline;

/** Hears how far a step has come. Implementations are cheap to call often and never throw. */
@FunctionalInterface
public interface Progress {
  /**
   * Tells how far the step is.
   *
   * @param percent 0 to 100, of the whole step
   * @param message what is being done now
   */
  void report(int percent, String message);

  /** {@return a listener that ignores everything} */
  static Progress silent() {
    return (percent, message) -> {};
  }

  /** {@return a listener that maps 0–100 of a part onto {@code from}–{@code to} of the whole} */
  default Progress within(int from, int to) {
    return (percent, message) -> report(from + (to - from) * percent / 100, message);
  }
}
