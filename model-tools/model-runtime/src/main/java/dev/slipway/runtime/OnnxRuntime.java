package dev.slipway.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;

/**
 * The one ONNX Runtime environment of a process. Whoever asks first decides its name and how much
 * it says, and another wish later prints a warning: the quantizer's {@code SharedRuntime} wishes
 * the same. It stays open until the process ends, as ONNX Runtime asks. Thread-safe.
 */
public final class OnnxRuntime {
  private OnnxRuntime() {}

  /** {@return its version} */
  public static String version() {
    return environment().getVersion();
  }

  static OrtEnvironment environment() {
    return Shared.ENVIRONMENT;
  }

  /** Opened at its first use. */
  private static final class Shared {
    static final OrtEnvironment ENVIRONMENT =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "slipway");
  }
}
