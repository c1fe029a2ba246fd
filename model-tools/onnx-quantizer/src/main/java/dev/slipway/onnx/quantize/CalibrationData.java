package dev.slipway.onnx.quantize;

import java.util.List;
import java.util.Map;

/**
 * Samples to measure activations on, one map from graph input to value each. Read from the start
 * each time it is iterated, one sample in memory at a time.
 */
@FunctionalInterface
public interface CalibrationData extends Iterable<Map<String, CalibrationTensor>> {
  /** {@return no samples, for recipes that need none} */
  static CalibrationData none() {
    return () -> List.<Map<String, CalibrationTensor>>of().iterator();
  }
}
