package dev.slipway.cli.up;

/** One step of {@code up}. Safe to run again: what is done already is left as it is. */
interface UpStep {
  /** {@return the step's name in the table of times, a verb and a noun} */
  String title();

  /** Does the step; {@return one line that says what was done} */
  String run(UpState state);
}
