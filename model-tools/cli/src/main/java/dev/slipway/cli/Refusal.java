package dev.slipway.cli;

/**
 * A command that can't go on, said in one message for a person: what failed, what was expected,
 * what was found, what to do. Ends the command with exit code 1 and no stack trace.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  public Refusal(String code, String message) {
    super(message);
    this.code = code;
  }

  public Refusal(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** {@return the code of this failure, in capitals, for scripts} */
  public String code() {
    return code;
  }
}
