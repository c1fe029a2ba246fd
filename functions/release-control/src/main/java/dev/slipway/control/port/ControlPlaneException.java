package dev.slipway.control.port;

/** A call was refused, or its outcome is not known. */
public final class ControlPlaneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the caller may conclude. */
  public enum Kind {
    /** There is no such thing. */
    NOT_FOUND,
    /** The revision is not the one that was read: read again and plan anew. */
    STALE,
    /** It exists already, or another operation is in progress: try later. */
    CONFLICT,
    /** Too many calls: try later. */
    THROTTLED,
    /** No answer or an error of the service: the call may have been applied. */
    UNKNOWN,
    /** The request itself is wrong; repeating it does not help. */
    INVALID
  }

  /** What the caller may conclude. */
  private final Kind kind;

  /**
   * A failed call.
   *
   * @param kind what the caller may conclude
   * @param message what failed and what the service said
   */
  public ControlPlaneException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /**
   * A failed call.
   *
   * @param kind what the caller may conclude
   * @param message what failed and what the service said
   * @param cause the service's own error
   */
  public ControlPlaneException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** {@return what the caller may conclude} */
  public Kind kind() {
    return kind;
  }
}
