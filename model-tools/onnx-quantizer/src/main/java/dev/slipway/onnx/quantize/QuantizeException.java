package dev.slipway.onnx.quantize;

/** Says why a model cannot be quantized as asked. */
public final class QuantizeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The kinds of failure. */
  public enum Code {
    /** The recipe needs calibration data and there is none. */
    CALIBRATION_MISSING,
    /** The calibration data does not fit the model's inputs, or the model fails on it. */
    CALIBRATION_MISMATCH,
    /** A file of calibration data is missing, broken or of a kind that is not read. */
    CALIBRATION_UNREADABLE,
    /** There is calibration data, but fewer samples than the task needs. */
    CALIBRATION_TOO_FEW,
    /** The labels cannot be read or do not fit the samples or the model's outputs. */
    LABELS_MISMATCH,
    /** A value that the model computes on the calibration data is not finite. */
    CALIBRATION_NOT_FINITE,
    /** ONNX Runtime cannot load the model. */
    MODEL_DOES_NOT_LOAD
  }

  private final Code code;

  /** Makes the exception; {@code message} must not repeat the code. */
  public QuantizeException(Code code, String message) {
    super(code.name() + ": " + message);
    this.code = code;
  }

  /** Makes the exception with its cause. */
  public QuantizeException(Code code, String message, Throwable cause) {
    super(code.name() + ": " + message, cause);
    this.code = code;
  }

  /** {@return the kind of failure} */
  public Code code() {
    return code;
  }
}
