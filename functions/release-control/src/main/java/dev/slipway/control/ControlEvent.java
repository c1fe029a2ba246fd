package dev.slipway.control;

/** Why the controller was called. Whatever the reason, it looks at the state itself (rule W9). */
sealed interface ControlEvent {
  /** Look at every model. */
  record Tick() implements ControlEvent {}

  /**
   * Look at one model.
   *
   * @param model which
   */
  record Look(String model) implements ControlEvent {}

  /**
   * A person asks for something.
   *
   * @param command what
   */
  record Operator(Command command) implements ControlEvent {}
}
