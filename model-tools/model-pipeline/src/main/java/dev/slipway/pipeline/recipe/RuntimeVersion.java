package dev.slipway.pipeline.recipe;

import ai.onnxruntime.OrtEnvironment;

/** The version of ONNX Runtime that models are evaluated with. */
final class RuntimeVersion {
  private RuntimeVersion() {}

  static String onnxRuntime() {
    return OrtEnvironment.getEnvironment().getVersion();
  }
}
