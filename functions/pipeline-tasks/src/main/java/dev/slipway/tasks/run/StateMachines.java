package dev.slipway.tasks.run;

/** Starts executions. Implementations throw {@link TaskException} when the service does not. */
public interface StateMachines {
  /**
   * Starts an execution; one of that name, running or ended, is left alone.
   *
   * @param arn of the state machine
   * @param name of the execution; at most 80 characters
   * @param input JSON
   * @return false when an execution of that name was there already
   */
  boolean start(String arn, String name, String input);
}
