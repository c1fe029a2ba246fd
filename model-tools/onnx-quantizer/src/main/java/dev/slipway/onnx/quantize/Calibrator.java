package dev.slipway.onnx.quantize;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.SharedRuntime;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs a model on calibration data and keeps statistics of chosen values. One sample is in memory
 * at a time; histograms need a second pass.
 */
final class Calibrator {
  private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

  private final Map<String, Integer> channelAxes;
  private final Map<String, List<RowCollector>> rows;
  private final Map<String, ActivationStatistics> statistics = new HashMap<>();
  private final SampleCheck check;
  private int samples;

  /**
   * What was learnt.
   *
   * @param statistics by value
   * @param samples how many samples there were
   */
  record Calibration(Map<String, ActivationStatistics> statistics, int samples) {}

  private Calibrator(
      OnnxModel model, Map<String, Integer> channelAxes, Map<String, List<RowCollector>> rows) {
    this.check = new SampleCheck(model);
    this.channelAxes = channelAxes;
    this.rows = rows;
  }

  /**
   * {@return statistics by value, and the number of samples}
   *
   * @param channelAxes the values to look at, each with the axis to take means along
   * @param rows by value, who collects rows of it
   * @param histograms whether to pass over the data a second time
   */
  static Calibration run(
      OnnxModel model,
      Map<String, Integer> channelAxes,
      Map<String, List<RowCollector>> rows,
      boolean histograms,
      CalibrationData samples) {
    Calibrator calibrator = new Calibrator(model, channelAxes, rows);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // Names of inner values survive only where nothing is fused.
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      OnnxModel exposed = ExposedValues.of(model, calibrator.wanted());
      try (OrtSession session =
          SharedRuntime.environment().createSession(exposed.toBytes(), options)) {
        calibrator.pass(session, samples, true);
        if (histograms) {
          calibrator.pass(session, samples, false);
        }
      }
    } catch (OrtException failure) {
      throw new QuantizeException(
          QuantizeException.Code.CALIBRATION_MISMATCH,
          "the model fails on the calibration data: "
              + failure.getMessage()
              + ". Check names, shapes and types against the model's inputs.",
          failure);
    }
    return new Calibration(calibrator.statistics, calibrator.samples);
  }

  private Set<String> wanted() {
    Set<String> wanted = new HashSet<>(channelAxes.keySet());
    wanted.addAll(rows.keySet());
    return wanted;
  }

  private void pass(OrtSession session, CalibrationData samples, boolean first)
      throws OrtException {
    int count = 0;
    for (Map<String, CalibrationTensor> sample : samples) {
      measure(session, sample, first, count);
      count++;
    }
    this.samples = count;
    if (count == 0) {
      throw new QuantizeException(
          QuantizeException.Code.CALIBRATION_MISSING,
          "static-int8 needs calibration data, found no sample. Give some tens of real inputs, or"
              + " use dynamic-int8.");
    }
  }

  private void measure(
      OrtSession session, Map<String, CalibrationTensor> sample, boolean first, int number)
      throws OrtException {
    try (SampleInputs inputs = SampleInputs.open(sample)) {
      check.require(inputs.tensors(), number);
      inputs.tensors().forEach((name, tensor) -> take(name, tensor, first));
      try (OrtSession.Result result = session.run(inputs.tensors())) {
        for (Map.Entry<String, OnnxValue> output : result) {
          if (output.getValue() instanceof OnnxTensor tensor) {
            take(output.getKey(), tensor, first);
          }
        }
      }
    }
  }

  private void take(String name, OnnxTensor tensor, boolean first) {
    boolean measured = channelAxes.containsKey(name);
    if (!measured && !(first && rows.containsKey(name))) {
      return;
    }
    FloatBuffer buffer = tensor.getFloatBuffer();
    float[] values = floats(buffer);
    if (!first) {
      statistics.computeIfAbsent(name, _ -> new ActivationStatistics()).count(values);
      return;
    }
    requireFinite(name, values);
    TensorInfo info = tensor.getInfo();
    long[] shape = info.getShape();
    rows.getOrDefault(name, List.of()).forEach(collector -> collector.offer(values, shape));
    if (!measured) {
      return;
    }
    ActivationStatistics kept = statistics.computeIfAbsent(name, _ -> new ActivationStatistics());
    int axis = channelAxes.getOrDefault(name, -1);
    int place = axis < 0 ? shape.length + axis : axis;
    if (place < 0 || place >= shape.length) {
      kept.widen(values, 0, 0);
      return;
    }
    long inner = 1;
    for (int i = place + 1; i < shape.length; i++) {
      inner *= shape[i];
    }
    kept.widen(values, Math.toIntExact(shape[place]), Math.toIntExact(inner));
  }

  /** ONNX Runtime's Java API has copied them to the heap already. */
  private static float[] floats(FloatBuffer buffer) {
    if (buffer.hasArray() && buffer.arrayOffset() == 0 && buffer.array().length == buffer.limit()) {
      return buffer.array();
    }
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private static void requireFinite(String name, float[] values) {
    // The bits of infinities and NaN without their sign are the largest: one comparison for each.
    int largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Float.floatToRawIntBits(value) & Integer.MAX_VALUE);
    }
    if (largest < INFINITY) {
      return;
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new QuantizeException(
            QuantizeException.Code.CALIBRATION_NOT_FINITE,
            "value '%s' is %s on the calibration data; leave such rows out".formatted(name, value));
      }
    }
  }
}
