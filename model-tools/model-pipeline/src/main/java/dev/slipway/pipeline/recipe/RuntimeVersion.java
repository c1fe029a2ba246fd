package dev.slipway.pipeline.recipe;

import ai.onnxruntime.OrtEnvironment;

/** The version of ONNX Runtime that models are evaluated with. */
public final class RuntimeVersion {
  private RuntimeVersion() {}

  /** {@return its version} */
  public static String onnxRuntime() {
    return OrtEnvironment.getEnvironment().getVersion();
  }
}
