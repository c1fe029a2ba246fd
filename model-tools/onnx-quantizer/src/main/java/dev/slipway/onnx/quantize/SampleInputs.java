package dev.slipway.onnx.quantize;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.util.HashMap;
import java.util.Map;

/**
 * One sample as ONNX Runtime takes it. The tensors hold memory outside the heap until closed.
 *
 * @param tensors by the name of the graph's input
 */
record SampleInputs(Map<String, OnnxTensor> tensors) implements AutoCloseable {
  /** Opens all, or none: what was opened is closed if a later one fails. */
  static SampleInputs open(Map<String, CalibrationTensor> sample) throws OrtException {
    SampleInputs inputs = new SampleInputs(new HashMap<>());
    boolean complete = false;
    try {
      for (Map.Entry<String, CalibrationTensor> entry : sample.entrySet()) {
        inputs.tensors.put(entry.getKey(), OrtTensors.of(entry.getValue()));
      }
      complete = true;
      return inputs;
    } finally {
      if (!complete) {
        inputs.close();
      }
    }
  }

  @Override
  public void close() {
    tensors.values().forEach(OnnxTensor::close);
  }
}
