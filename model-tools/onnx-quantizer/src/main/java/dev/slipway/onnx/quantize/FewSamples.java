package dev.slipway.onnx.quantize;

import java.util.stream.StreamSupport;

/** The beginning of calibration data. */
final class FewSamples {
  private FewSamples() {}

  /** {@return at most so many samples} */
  static CalibrationData of(CalibrationData samples, int most) {
    return () -> StreamSupport.stream(samples.spliterator(), false).limit(most).iterator();
  }
}
