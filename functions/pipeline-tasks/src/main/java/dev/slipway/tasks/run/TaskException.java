package dev.slipway.tasks.run;

/**
 * Says that a call could not be finished and should be made again: a service did not answer, or
 * something that others write is not there yet. Never means that data is bad.
 */
public final class TaskException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message starts with a code. */
  public TaskException(String message) {
    super(message);
  }

  /** Creates the exception with the failure behind it. */
  public TaskException(String message, Throwable cause) {
    super(message, cause);
  }
}
