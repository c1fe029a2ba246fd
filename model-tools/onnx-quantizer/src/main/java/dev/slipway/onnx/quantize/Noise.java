package dev.slipway.onnx.quantize;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * Adds up signal and noise over all 32-bit float outputs; numbers that are not finite in the exact
 * ones (masks) do not count. Not thread-safe.
 */
final class Noise {
  private double signal;
  private double noise;

  void add(OrtSession.Result expected, OrtSession.Result found) {
    for (Map.Entry<String, OnnxValue> output : expected) {
      if (output.getValue() instanceof OnnxTensor exact
          && exact.getInfo().type == OnnxJavaType.FLOAT
          && found.get(output.getKey()).orElse(null) instanceof OnnxTensor rough) {
        add(exact.getFloatBuffer(), rough.getFloatBuffer());
      }
    }
  }

  void add(FloatBuffer expected, FloatBuffer found) {
    while (expected.hasRemaining() && found.hasRemaining()) {
      double exact = expected.get();
      double difference = exact - found.get();
      if (!Double.isFinite(exact)) {
        continue;
      }
      signal += exact * exact;
      noise += difference * difference;
    }
  }

  /** {@return 10 · log10(Σ y² / Σ (y − ŷ)²); infinite if all are equal} */
  double decibel() {
    return noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / noise);
  }
}
