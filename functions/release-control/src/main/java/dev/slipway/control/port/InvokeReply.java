package dev.slipway.control.port;

/**
 * What a direct invocation gave.
 *
 * @param functionError Lambda's word for a crash or a time-out; empty when the function answered
 * @param payload the answer as text
 */
public record InvokeReply(String functionError, String payload) {
  /** {@return whether the function itself answered} */
  public boolean answered() {
    return functionError.isEmpty();
  }
}
