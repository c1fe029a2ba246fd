package dev.slipway.onnx.graph;

import java.io.Serial;

/**
 * A model that cannot be read, built or written. The message starts with the code and says what was
 * expected, what was found and what to do.
 */
public final class OnnxException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final Code code;

  /** What went wrong, countable. */
  public enum Code {
    /** The bytes are no ONNX model. */
    ONNX_UNREADABLE,
    /** A size or nesting limit was met while reading. */
    ONNX_TOO_LARGE,
    /** The graph breaks a rule of the ONNX IR. */
    ONNX_GRAPH_INVALID,
    /** A tensor's type, shape or payload do not fit together. */
    ONNX_TENSOR_INVALID,
    /** External data is missing, out of the model's folder or of the wrong length. */
    ONNX_EXTERNAL_DATA,
    /** The model needs a newer IR than ONNX Runtime reads. */
    ONNX_IR_TOO_NEW,
    /** The operator set cannot be converted to the asked version. */
    ONNX_OPSET,
    /** ONNX Runtime refused or failed on the model. */
    ONNX_RUNTIME
  }

  /** Makes the exception; {@code message} must not repeat the code. */
  public OnnxException(Code code, String message) {
    super(code + ": " + message);
    this.code = code;
  }

  /** Makes the exception with its cause. */
  public OnnxException(Code code, String message, Throwable cause) {
    super(code + ": " + message, cause);
    this.code = code;
  }

  /** {@return the countable code} */
  public Code code() {
    return code;
  }
}
