package dev.slipway.onnx.quantize;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.SharedRuntime;
import java.util.Map;

/** Opens two models, each on one thread, to run on the same samples. Stateless and thread-safe. */
final class SideBySide {
  private SideBySide() {}

  /** What is done with the two sessions. */
  @FunctionalInterface
  interface Work<R> {
    R with(OrtSession exact, OrtSession rough) throws OrtException;
  }

  /** What is done with the outputs of one sample; they are closed afterwards. */
  @FunctionalInterface
  interface Judge {
    void see(OrtSession.Result expected, OrtSession.Result found) throws OrtException;
  }

  /** {@return what comes of the work; the sessions are closed after it} */
  static <R> R open(
      OnnxModel exact, OnnxModel rough, OrtSession.SessionOptions.OptLevel level, Work<R> work) {
    OrtEnvironment environment = SharedRuntime.environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      options.setOptimizationLevel(level);
      try (OrtSession first = environment.createSession(exact.toBytes(), options);
          OrtSession second = environment.createSession(rough.toBytes(), options)) {
        return work.with(first, second);
      }
    } catch (OrtException failure) {
      throw new QuantizeException(
          QuantizeException.Code.CALIBRATION_MISMATCH,
          "a model fails on the samples: " + failure.getMessage(),
          failure);
    }
  }

  /** Shows the judge what both make of each sample; {@return how many samples there were} */
  static int run(OrtSession exact, OrtSession rough, CalibrationData samples, Judge judge)
      throws OrtException {
    int count = 0;
    for (Map<String, CalibrationTensor> sample : samples) {
      try (SampleInputs inputs = SampleInputs.open(sample);
          OrtSession.Result expected = exact.run(inputs.tensors());
          OrtSession.Result found = rough.run(inputs.tensors())) {
        judge.see(expected, found);
      }
      count++;
    }
    return count;
  }

  static QuantizeException noSamples() {
    return new QuantizeException(
        QuantizeException.Code.CALIBRATION_MISSING,
        "a comparison needs samples, found none; give some tens of real inputs");
  }
}
