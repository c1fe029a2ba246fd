package dev.slipway.bundle.json;

/** Says that bytes are not one well-formed JSON document, and where. */
public final class JsonSyntaxException extends RuntimeException {
  /**
   * Creates the exception.
   *
   * @param message what is wrong and where
   */
  public JsonSyntaxException(String message) {
    super(message);
  }
}
