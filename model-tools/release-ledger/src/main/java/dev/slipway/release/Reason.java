package dev.slipway.release;

/**
 * Why something was refused, failed or rolled back.
 *
 * @param code countable name such as {@code GOLDEN_MISMATCH}; upper case, digits and underscores
 * @param message what failed, what was expected, what was found, what to do
 */
public record Reason(String code, String message) {
  /** Refuses a code that cannot be counted. */
  public Reason {
    if (!code.matches("[A-Z][A-Z0-9_]*")) {
      throw new IllegalArgumentException(
          "reason code " + code + " is not of the form [A-Z][A-Z0-9_]*");
    }
  }

  @Override
  public String toString() {
    return code + ": " + message;
  }
}
