package dev.slipway.onnx.quantize.trust;

import ai.onnxruntime.OrtException;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.TensorReader;
import dev.slipway.onnx.graph.conformance.RuntimeRun;
import dev.slipway.onnx.proto.TensorProto;
import dev.slipway.onnx.quantize.CalibrationData;
import dev.slipway.onnx.quantize.CalibrationTensor;
import dev.slipway.onnx.quantize.LayerOutcome;
import dev.slipway.onnx.quantize.QuantizeOptions;
import dev.slipway.onnx.quantize.QuantizeResult;
import dev.slipway.onnx.quantize.Quantizer;
import dev.slipway.onnx.quantize.Recipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Quantizes one model with one recipe, runs the result and compares it with the float run. */
final class Trial {
  private Trial() {}

  /**
   * What came of it.
   *
   * @param quantized how many layers are quantized
   * @param left why the others are not
   * @param decibel SQNR over the float outputs; infinite if they are equal
   * @param fault what must not happen: an exception, a model that does not load, other outputs
   */
  record Outcome(long quantized, List<String> left, double decibel, Optional<String> fault) {
    static Outcome failed(String fault) {
      return new Outcome(0, List.of(), 0, Optional.of(fault));
    }
  }

  static Outcome of(
      OnnxModel model,
      Map<String, TensorProto> inputs,
      Map<String, RuntimeRun.Value> expected,
      Recipe recipe) {
    QuantizeResult result;
    try {
      CalibrationData samples =
          recipe == Recipe.STATIC_INT8 ? sample(inputs) : CalibrationData.none();
      result = Quantizer.quantize(model, QuantizeOptions.of(recipe), samples);
    } catch (RuntimeException e) {
      return Outcome.failed(
          "throws %s at %s".formatted(e, List.of(e.getStackTrace()).subList(0, 3)));
    }
    try {
      return compare(expected, RuntimeRun.run(result.model().toBytes(), inputs), result);
    } catch (OrtException e) {
      return Outcome.failed("does not run: " + e.getMessage());
    }
  }

  private static Outcome compare(
      Map<String, RuntimeRun.Value> expected,
      Map<String, RuntimeRun.Value> found,
      QuantizeResult result) {
    if (!expected.keySet().equals(found.keySet())) {
      return Outcome.failed("has the outputs " + found.keySet());
    }
    double signal = 0;
    double noise = 0;
    for (Map.Entry<String, RuntimeRun.Value> output : expected.entrySet()) {
      RuntimeRun.Value exact = output.getValue();
      RuntimeRun.Value rough = found.get(output.getKey());
      if (rough == null
          || !exact.type().equals(rough.type())
          || !exact.shape().equals(rough.shape())) {
        return Outcome.failed("output %s was %s, is %s".formatted(output.getKey(), exact, rough));
      }
      if (exact.type().endsWith("_FLOAT")) {
        float[] y = exact.floats();
        float[] z = rough.floats();
        for (int i = 0; i < y.length; i++) {
          if (Float.isFinite(y[i])) {
            signal += (double) y[i] * y[i];
            noise += ((double) y[i] - z[i]) * ((double) y[i] - z[i]);
          }
        }
      }
    }
    List<String> left =
        result.layers().stream().filter(l -> !l.quantized()).map(LayerOutcome::why).toList();
    boolean silent = left.stream().anyMatch(String::isBlank);
    return new Outcome(
        result.quantizedLayers(),
        left,
        noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / noise),
        silent ? Optional.of("leaves a layer in float and does not say why") : Optional.empty());
  }

  private static CalibrationData sample(Map<String, TensorProto> inputs) {
    Map<String, CalibrationTensor> sample = new LinkedHashMap<>();
    inputs.forEach((name, tensor) -> sample.put(name, tensor(tensor)));
    return () -> List.of(sample).iterator();
  }

  private static CalibrationTensor tensor(TensorProto tensor) {
    List<Long> shape = tensor.getDimsList();
    ElementType type = TensorReader.type(tensor);
    return switch (type) {
      case FLOAT -> new CalibrationTensor.Floats(shape, TensorReader.floats(tensor));
      case INT64 -> new CalibrationTensor.Longs(shape, TensorReader.longs(tensor));
      case STRING -> new CalibrationTensor.Texts(shape, TensorReader.strings(tensor));
      default -> new CalibrationTensor.Stored(type, shape, RuntimeRun.raw(tensor).toByteArray());
    };
  }

  /** The model with all inputs but the first as constants: most node tests are given weights. */
  static Optional<RuntimeRun.Prepared> withConstants(RuntimeRun.Prepared prepared) {
    if (prepared.given().size() < 2) {
      return Optional.empty();
    }
    List<TensorProto> all = new ArrayList<>(prepared.given().values());
    var graph = prepared.model().getGraph().toBuilder();
    String first = all.getFirst().getName();
    List<TensorProto> constants = all.subList(1, all.size());
    var open = graph.getInputList().stream().filter(i -> i.getName().equals(first)).toList();
    graph.clearInput().addAllInput(open).addAllInitializer(constants);
    return Optional.of(
        new RuntimeRun.Prepared(
            prepared.model().toBuilder().setGraph(graph).build(), Map.of(first, all.getFirst())));
  }
}
