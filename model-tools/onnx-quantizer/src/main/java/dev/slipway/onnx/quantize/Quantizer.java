package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.Domains;
import dev.slipway.onnx.graph.GraphEditor;
import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.OnnxModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Applies a recipe to a model. Equal inputs give equal bytes. Stateless and thread-safe.
 *
 * {@snippet :
 * QuantizeResult result =
 *     Quantizer.quantize(
 *         OnnxModel.read(in), QuantizeOptions.of(Recipe.DYNAMIC_INT8), CalibrationData.none());
 * result.model().write(out);
 * }
 */
public final class Quantizer {
  /** DequantizeLinear has an axis, and QuantizeLinear's rules are the present ones, from 13 on. */
  private static final long LEAST_OPSET = 13;

  private Quantizer() {}

  /**
   * {@return the quantized model; layers that cannot be quantized stay in float and say why}
   *
   * @param samples needed by {@link Recipe#STATIC_INT8} only
   * @throws QuantizeException if calibration data is missing or does not fit
   */
  public static QuantizeResult quantize(
      OnnxModel model, QuantizeOptions options, CalibrationData samples) {
    GraphEditor graph = GraphEditor.of(model);
    List<LayerOutcome> outcomes = new ArrayList<>();
    List<LinearLayer> layers = layers(graph, options, outcomes);
    switch (options.recipe()) {
      case DYNAMIC_INT8 -> dynamic(graph, options, layers, outcomes);
      case STATIC_INT8 -> fixed(model, graph, options, layers, samples, outcomes);
      case FP16 -> half(graph, layers, outcomes);
    }
    return new QuantizeResult(graph.toModel(), outcomes);
  }

  private static List<LinearLayer> layers(
      GraphEditor graph, QuantizeOptions options, List<LayerOutcome> outcomes) {
    List<LinearLayer> layers = new ArrayList<>();
    boolean old = graph.opset(Domains.STANDARD) < LEAST_OPSET;
    for (Node node : graph.nodes()) {
      if (!StaticInt8.isCandidate(node)) {
        continue;
      }
      if (options.excluded().contains(node.name())) {
        outcomes.add(left(node, "excluded by the caller"));
      } else if (old && options.recipe() != Recipe.FP16) {
        outcomes.add(left(node, "opset %d, needed is 13".formatted(graph.opset(Domains.STANDARD))));
      } else {
        switch (LinearLayer.of(node, graph)) {
          case LinearLayer.Found.Layer(LinearLayer layer) when layer.hasFiniteWeights() ->
              layers.add(layer);
          case LinearLayer.Found.Layer _ -> outcomes.add(left(node, "its weights are not finite"));
          case LinearLayer.Found.Left(String why) -> outcomes.add(left(node, why));
        }
      }
    }
    return layers;
  }

  private static void dynamic(
      GraphEditor graph,
      QuantizeOptions options,
      List<LinearLayer> layers,
      List<LayerOutcome> outcomes) {
    DynamicInt8 recipe = new DynamicInt8(graph, options.target().largestWeight());
    for (LinearLayer layer : layers) {
      recipe.apply(layer);
      outcomes.add(done(layer.node(), "MatMulInteger, activations measured at run time"));
    }
  }

  private static void fixed(
      OnnxModel model,
      GraphEditor graph,
      QuantizeOptions options,
      List<LinearLayer> layers,
      CalibrationData samples,
      List<LayerOutcome> outcomes) {
    Set<String> activations = new HashSet<>();
    layers.forEach(layer -> activations.add(layer.activation()));
    Map<String, ValueRange> ranges = Calibrator.ranges(model, activations, samples);
    int largest = options.target().largestWeight();
    StaticInt8 recipe = new StaticInt8(graph, largest, ranges);
    for (LinearLayer layer : layers) {
      ValueRange range = ranges.getOrDefault(layer.activation(), ValueRange.NOTHING);
      if (StaticInt8.biasFits(layer, range, largest)) {
        recipe.apply(layer);
        outcomes.add(
            done(
                layer.node(),
                "QDQ, activations %s to %s".formatted(range.minimum(), range.maximum())));
      } else {
        outcomes.add(left(layer.node(), "its bias does not fit 32 bits at these scales"));
      }
    }
  }

  private static void half(
      GraphEditor graph, List<LinearLayer> layers, List<LayerOutcome> outcomes) {
    HalfStorage recipe = new HalfStorage(graph);
    Set<String> stored = new HashSet<>();
    for (LinearLayer layer : layers) {
      if (!HalfStorage.fits(layer.weights())) {
        outcomes.add(left(layer.node(), "a weight is beyond 65504, the largest 16-bit float"));
        continue;
      }
      if (stored.add(layer.weights().getName())) {
        recipe.apply(layer.weights());
      }
      outcomes.add(done(layer.node(), "weights stored as 16-bit floats"));
    }
  }

  private static LayerOutcome done(Node node, String how) {
    return new LayerOutcome(node.label(), node.type(), true, how);
  }

  private static LayerOutcome left(Node node, String why) {
    return new LayerOutcome(node.label(), node.type(), false, why);
  }
}
