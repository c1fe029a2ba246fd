package dev.slipway.onnx.quantize;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.OnnxModel;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How close the values inside a quantized model are to those of the float model, at the output of
 * each layer: all noise that has come together up to there. Stateless and thread-safe.
 */
public final class LayerNoise {
  private LayerNoise() {}

  /**
   * {@return decibels by layer, in graph order; layers whose output the quantized graph no longer
   * has by name are left out}
   *
   * @param result of quantizing {@code exact}
   * @param samples some tens are enough
   * @throws QuantizeException if a model fails on the samples
   */
  public static Map<String, Double> of(
      OnnxModel exact, QuantizeResult result, CalibrationData samples) {
    Map<String, String> outputs = new LinkedHashMap<>();
    Set<String> kept = made(result.model());
    Set<String> wanted = new HashSet<>();
    result.layers().forEach(layer -> wanted.add(layer.node()));
    for (OnnxModel model : List.of(exact, Preparation.prepare(exact))) {
      Map<String, String> found = new LinkedHashMap<>();
      for (Node node : model.nodes()) {
        if (wanted.contains(node.label()) && kept.contains(node.outputs().getFirst())) {
          found.put(node.label(), node.outputs().getFirst());
        }
      }
      if (found.size() > outputs.size()) {
        outputs.clear();
        outputs.putAll(found);
      }
    }
    outputs.values().retainAll(made(exact));
    return outputs.isEmpty() ? Map.of() : compare(exact, result, outputs, samples);
  }

  private static Set<String> made(OnnxModel model) {
    Set<String> names = new HashSet<>();
    model.nodes().forEach(node -> names.addAll(node.outputs()));
    return names;
  }

  private static Map<String, Double> compare(
      OnnxModel exact,
      QuantizeResult result,
      Map<String, String> outputs,
      CalibrationData samples) {
    Map<String, Noise> noises = new HashMap<>();
    Set<String> names = new HashSet<>(outputs.values());
    // Names of inner values survive only where nothing is fused.
    SideBySide.open(
        ExposedValues.of(exact, names),
        ExposedValues.of(result.model(), names),
        OptLevel.NO_OPT,
        (first, second) ->
            SideBySide.run(
                first,
                second,
                samples,
                (expected, found) -> add(expected, found, result.scaled(), names, noises)));
    Map<String, Double> decibels = new LinkedHashMap<>();
    outputs.forEach((layer, output) -> {
      Noise noise = noises.get(output);
      if (noise != null) {
        decibels.put(layer, noise.decibel());
      }
    });
    return decibels;
  }

  private static void add(
      OrtSession.Result expected,
      OrtSession.Result found,
      Map<String, ChannelFactors> scaled,
      Set<String> names,
      Map<String, Noise> noises) {
    for (String name : names) {
      OnnxValue one = expected.get(name).orElseThrow();
      OnnxValue other = found.get(name).orElseThrow();
      if (one instanceof OnnxTensor first
          && other instanceof OnnxTensor second
          && first.getInfo().type == OnnxJavaType.FLOAT
          && second.getInfo().type == OnnxJavaType.FLOAT) {
        noises
            .computeIfAbsent(name, _ -> new Noise())
            .add(first.getFloatBuffer(), unscaled(second, scaled.get(name)));
      }
    }
  }

  private static FloatBuffer unscaled(OnnxTensor tensor, @Nullable ChannelFactors factors) {
    FloatBuffer buffer = tensor.getFloatBuffer();
    if (factors == null) {
      return buffer;
    }
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return FloatBuffer.wrap(factors.undo(values, tensor.getInfo().getShape()));
  }
}
