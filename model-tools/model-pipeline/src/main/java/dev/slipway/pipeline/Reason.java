package dev.slipway.pipeline;

/**
 * Why something was refused or failed: a countable code and a sentence for the reader.
 *
 * @param code upper case with underscores, stable between versions
 * @param message what failed, what was expected, what was found, what to do
 */
public record Reason(String code, String message) {
  /** Refuses an empty code or message. */
  public Reason {
    if (!code.matches("[A-Z][A-Z0-9_]*")) {
      throw new IllegalArgumentException(
          "reason code is '" + code + "'; expected upper case letters, digits and underscores");
    }
    if (message.isBlank()) {
      throw new IllegalArgumentException("the message of reason " + code + " is empty");
    }
  }

  @Override
  public String toString() {
    return code + ": " + message;
  }
}
