package dev.slipway.onnx.quantize;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.proto.TensorProto;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/** Compares the float outputs of two models on the same inputs. Stateless and thread-safe. */
public final class Fidelity {
  private Fidelity() {}

  /**
   * {@return the signal-to-quantization-noise ratio 10 · log10(Σ y² / Σ (y − ŷ)²) over all 32-bit
   * float outputs and samples, in decibel; infinite if they are equal}
   *
   * @throws QuantizeException if there is no sample or a model fails on one
   */
  public static double decibel(OnnxModel exact, OnnxModel rough, CalibrationData samples) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    double[] sums = new double[2];
    int count = 0;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      try (OrtSession first = environment.createSession(exact.toBytes(), options);
          OrtSession second = environment.createSession(rough.toBytes(), options)) {
        for (Map<String, CalibrationTensor> sample : samples) {
          add(first, second, sample, sums);
          count++;
        }
      }
    } catch (OrtException failure) {
      throw new QuantizeException(
          QuantizeException.Code.CALIBRATION_MISMATCH,
          "a model fails on the samples: " + failure.getMessage(),
          failure);
    }
    if (count == 0) {
      throw new QuantizeException(
          QuantizeException.Code.CALIBRATION_MISSING,
          "a comparison needs samples, found none; give some tens of real inputs");
    }
    return 10 * Math.log10(sums[0] / sums[1]);
  }

  private static void add(
      OrtSession exact, OrtSession rough, Map<String, CalibrationTensor> sample, double[] sums)
      throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      for (Map.Entry<String, CalibrationTensor> entry : sample.entrySet()) {
        inputs.put(entry.getKey(), OrtTensors.of(entry.getValue()));
      }
      try (OrtSession.Result expected = exact.run(inputs);
          OrtSession.Result found = rough.run(inputs)) {
        for (Map.Entry<String, OnnxValue> output : expected) {
          OnnxValue other = found.get(output.getKey()).orElseThrow();
          if (isFloat(output.getValue()) && other instanceof OnnxTensor tensor) {
            add(((OnnxTensor) output.getValue()).getFloatBuffer(), tensor.getFloatBuffer(), sums);
          }
        }
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static boolean isFloat(OnnxValue value) {
    return value instanceof OnnxTensor tensor
        && tensor.getInfo().onnxType.name().endsWith("_" + TensorProto.DataType.FLOAT.name());
  }

  private static void add(FloatBuffer expected, FloatBuffer found, double[] sums) {
    while (expected.hasRemaining()) {
      double exact = expected.get();
      double difference = exact - found.get();
      sums[0] += exact * exact;
      sums[1] += difference * difference;
    }
  }
}
