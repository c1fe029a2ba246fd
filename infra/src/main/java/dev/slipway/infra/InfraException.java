package dev.slipway.infra;

import java.util.List;

/**
 * Says why no template can be made: what is wrong in the context, in a model's folder or in the
 * build. The message starts with a code and ends with what to do.
 */
public final class InfraException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with one finding. */
  public InfraException(String message) {
    super(message);
  }

  /** Creates the exception with one finding and what caused it. */
  public InfraException(String message, Throwable cause) {
    super(message, cause);
  }

  /** {@return one exception that reports several findings, one a line} */
  public static InfraException of(List<String> findings) {
    return new InfraException(String.join("\n", findings));
  }
}
