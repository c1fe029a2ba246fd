package dev.slipway.onnx.quantize;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.ModelProto;
import dev.slipway.onnx.proto.ValueInfoProto;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Runs a model on calibration data and keeps the smallest and largest value of each activation. */
final class Calibrator {
  private Calibrator() {}

  static Map<String, ValueRange> ranges(
      OnnxModel model, Set<String> values, CalibrationData samples) {
    Map<String, ValueRange> ranges = new HashMap<>();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // Names of inner values survive only where nothing is fused.
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      try (OrtSession session =
          environment.createSession(exposing(model, values).toBytes(), options)) {
        int count = 0;
        for (Map<String, CalibrationTensor> sample : samples) {
          measure(environment, session, sample, values, ranges);
          count++;
        }
        requireSamples(count);
      }
    } catch (OrtException failure) {
      throw new QuantizeException(
          QuantizeException.Code.CALIBRATION_MISMATCH,
          "the model fails on the calibration data: "
              + failure.getMessage()
              + ". Check names, shapes and types against the model's inputs.",
          failure);
    }
    return ranges;
  }

  private static void requireSamples(int count) {
    if (count == 0) {
      throw new QuantizeException(
          QuantizeException.Code.CALIBRATION_MISSING,
          "static-int8 needs calibration data, found no sample. Give some tens of real inputs, or"
              + " use dynamic-int8.");
    }
  }

  /** The model with inner values as further outputs; ONNX Runtime finds their types. */
  private static OnnxModel exposing(OnnxModel model, Set<String> values) {
    GraphProto.Builder graph = model.graph().toBuilder();
    Set<String> known = new HashSet<>();
    graph.getOutputList().forEach(output -> known.add(output.getName()));
    graph.getInputList().forEach(input -> known.add(input.getName()));
    values.stream()
        .filter(value -> !known.contains(value))
        .sorted()
        .forEach(value -> graph.addOutput(ValueInfoProto.newBuilder().setName(value)));
    ModelProto.Builder exposed = model.proto().toBuilder().setGraph(graph);
    return OnnxModel.of(exposed.build());
  }

  private static void measure(
      OrtEnvironment environment,
      OrtSession session,
      Map<String, CalibrationTensor> sample,
      Set<String> values,
      Map<String, ValueRange> ranges)
      throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      for (Map.Entry<String, CalibrationTensor> entry : sample.entrySet()) {
        OnnxTensor tensor = tensor(environment, entry.getValue());
        inputs.put(entry.getKey(), tensor);
        if (values.contains(entry.getKey())) {
          widen(entry.getKey(), tensor, ranges);
        }
      }
      try (OrtSession.Result result = session.run(inputs)) {
        for (Map.Entry<String, OnnxValue> output : result) {
          if (values.contains(output.getKey()) && output.getValue() instanceof OnnxTensor tensor) {
            widen(output.getKey(), tensor, ranges);
          }
        }
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor tensor(OrtEnvironment environment, CalibrationTensor value)
      throws OrtException {
    long[] shape = value.shape().stream().mapToLong(Long::longValue).toArray();
    return switch (value) {
      case CalibrationTensor.Floats floats ->
          OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats.values()), shape);
      case CalibrationTensor.Longs longs ->
          OnnxTensor.createTensor(environment, LongBuffer.wrap(longs.values()), shape);
      case CalibrationTensor.Texts texts ->
          OnnxTensor.createTensor(environment, texts.values().toArray(String[]::new), shape);
    };
  }

  private static void widen(String name, OnnxTensor tensor, Map<String, ValueRange> ranges) {
    FloatBuffer values = tensor.getFloatBuffer();
    ValueRange range = ranges.getOrDefault(name, ValueRange.NOTHING);
    while (values.hasRemaining()) {
      float value = values.get();
      if (!Float.isFinite(value)) {
        throw new QuantizeException(
            QuantizeException.Code.CALIBRATION_NOT_FINITE,
            "value '%s' is %s on the calibration data; leave such rows out".formatted(name, value));
      }
      range = range.with(value);
    }
    ranges.put(name, range);
  }
}
