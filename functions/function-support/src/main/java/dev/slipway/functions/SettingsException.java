package dev.slipway.functions;

import java.util.List;

/** Says that a function cannot start with its environment, with every problem found. */
public final class SettingsException extends RuntimeException {
  /**
   * Creates the exception.
   *
   * @param problems what is wrong; at least one
   */
  public SettingsException(List<String> problems) {
    super(
        "SETTINGS_INVALID: "
            + String.join("; ", problems)
            + ". The stack and the release controller set these; deploy again, or correct the"
            + " function's environment.");
  }
}
