package dev.slipway.onnx.graph;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;

/**
 * The one ONNX Runtime environment of the process. It is asked for with the same name and level
 * everywhere, as in serving: ONNX Runtime warns on standard error when a second caller differs.
 */
public final class SharedRuntime {
  private SharedRuntime() {}

  /** {@return the environment; never closed, as ONNX Runtime keeps it to the end of the process} */
  public static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "slipway");
  }
}
