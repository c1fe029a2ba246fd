package dev.slipway.control;

/** A payload that asks for nothing the controller knows. */
final class BadEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Countable name. */
  private final String code;

  BadEventException(String code, String message) {
    super(message);
    this.code = code;
  }

  String code() {
    return code;
  }
}
