package dev.slipway.runtime;

import org.jspecify.annotations.Nullable;

/** Says that a model cannot be opened or run. */
public final class ModelException extends RuntimeException {
  /** The kinds of failure. */
  public enum Code {
    /** ONNX Runtime refused the file. */
    MODEL_LOAD_FAILED,
    /** The graph's inputs or outputs are not the declared ones. */
    MODEL_SIGNATURE_MISMATCH,
    /** Tensors were given that do not fit the signature. */
    MODEL_INPUT_INVALID,
    /** The model failed while it ran. */
    MODEL_RUN_FAILED,
    /** The environment would let ONNX Runtime send telemetry. */
    TELEMETRY_NOT_DISABLED
  }

  private final Code code;

  /**
   * Creates the exception.
   *
   * @param code the kind of failure
   * @param text what failed, what was expected and found, what to do
   */
  public ModelException(Code code, String text) {
    this(code, text, null);
  }

  /**
   * Creates the exception.
   *
   * @param code the kind of failure
   * @param text what failed, what was expected and found, what to do
   * @param cause what ONNX Runtime threw
   */
  public ModelException(Code code, String text, @Nullable Throwable cause) {
    super(code.name() + ": " + text, cause);
    this.code = code;
  }

  /** {@return the kind of failure} */
  public Code code() {
    return code;
  }
}
