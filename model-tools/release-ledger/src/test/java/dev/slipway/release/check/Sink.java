package dev.slipway.release.check;

/** Takes the states that may follow. */
@FunctionalInterface
interface Sink {
  /**
   * Takes one state.
   *
   * @param who 1 or 2 for a worker, 0 for everybody else
   * @param what what was done, for people
   * @param detail a version, or the number of what {@code what} names; -1 when there is none
   * @param next the state after it
   */
  void take(int who, String what, int detail, State next);
}
