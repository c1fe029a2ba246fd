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
import java.util.stream.Stream;

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

  /** Mul and Add broadcast as numpy does from 7 on. */
  private static final long BROADCASTING_OPSET = 7;

  private Quantizer() {}

  /**
   * {@return the quantized model; layers that cannot be quantized stay in float and say why}
   *
   * @param samples needed by {@link Recipe#STATIC_INT8}; {@link Recipe#DYNAMIC_INT8} is closer with
   *     than without them
   * @throws QuantizeException if calibration data is missing or does not fit
   */
  public static QuantizeResult quantize(
      OnnxModel model, QuantizeOptions options, CalibrationData samples) {
    OnnxModel prepared =
        options.recipe() == Recipe.STATIC_INT8 ? Preparation.prepare(model) : model;
    Findings findings = new Findings();
    if (options.recipe().needsNewOperators() && options.scalesChannels()) {
      GraphEditor editor = GraphEditor.of(prepared);
      List<WeightLayer> scalable = layers(editor, options, new ArrayList<>());
      ChannelScaling.Scaled scaled =
          ChannelScaling.apply(prepared, editor, scalable, options, samples);
      prepared = scaled.model();
      findings.scaled(scaled.scaled());
    }
    GraphEditor graph = GraphEditor.of(prepared);
    List<LayerOutcome> outcomes = new ArrayList<>();
    List<WeightLayer> layers = layers(graph, options, outcomes);
    switch (options.recipe()) {
      case DYNAMIC_INT8 -> dynamic(prepared, graph, options, layers, samples, outcomes, findings);
      case STATIC_INT8 -> fixed(prepared, graph, options, layers, samples, outcomes, findings);
      case FP16 -> half(graph, layers, outcomes);
      case WEIGHT_INT8 -> weights(new WeightOnly(graph, 8), graph, options, layers, outcomes);
      case WEIGHT_INT4 -> weights(new WeightOnly(graph, 4), graph, options, layers, outcomes);
    }
    return Findings.result(graph.toModel(), options, outcomes, findings);
  }

  private static List<WeightLayer> layers(
      GraphEditor graph, QuantizeOptions options, List<LayerOutcome> outcomes) {
    List<WeightLayer> layers = new ArrayList<>();
    long opset = graph.opset(Domains.STANDARD);
    long needed = options.recipe().needsNewOperators() ? LEAST_OPSET : BROADCASTING_OPSET;
    for (Node node : graph.nodes()) {
      if (!isCandidate(node)) {
        continue;
      }
      if (options.excludes(node)) {
        outcomes.add(left(node, "excluded by the caller"));
      } else if (opset < needed) {
        outcomes.add(left(node, "opset %d, needed is %d".formatted(opset, needed)));
      } else {
        WeightLayer.Found found =
            node.is("Conv") ? ConvolutionLayer.of(node, graph) : LinearLayer.of(node, graph);
        switch (found) {
          case WeightLayer.Found.Layer(WeightLayer layer) when layer.isFinite() ->
              layers.add(layer);
          case WeightLayer.Found.Layer _ -> outcomes.add(left(node, "its weights are not finite"));
          case WeightLayer.Found.Left(String why) -> outcomes.add(left(node, why));
        }
      }
    }
    return layers;
  }

  private static boolean isCandidate(Node node) {
    return node.is("MatMul") || node.is("Gemm") || node.is("Conv");
  }

  private static void dynamic(
      OnnxModel model,
      GraphEditor graph,
      QuantizeOptions options,
      List<WeightLayer> layers,
      CalibrationData samples,
      List<LayerOutcome> outcomes,
      Findings findings) {
    List<LinearLayer> linears =
        layers.stream()
            .flatMap(
                layer -> layer instanceof LinearLayer linear ? Stream.of(linear) : Stream.empty())
            .toList();
    LayerRows rows = LayerRows.of(linears, options);
    if (!rows.collectors().isEmpty() && samples.iterator().hasNext()) {
      findings.samples(
          Calibrator.run(model, Map.of(), rows.collectors(), false, samples).samples());
    }
    DynamicInt8 recipe = new DynamicInt8(graph, options);
    StoredWeights stored = new StoredWeights(graph);
    for (WeightLayer layer : layers) {
      switch (layer) {
        case LinearLayer linear -> {
          recipe.apply(linear, rows.of(linear));
          outcomes.add(done(layer.node(), "MatMulInteger, activations measured at run time"));
        }
        case ConvolutionLayer convolution -> {
          store(convolution, stored);
          outcomes.add(
              done(
                  layer.node(),
                  "weights stored in 8 bits, computed in float: convolutions with activations"
                      + " measured at run time are slower than float; see static-int8"));
        }
      }
    }
    storedWeights(graph, options, stored, outcomes);
  }

  private static void store(ConvolutionLayer layer, StoredWeights stored) {
    stored.apply(layer.node(), 1, layer.axis());
  }

  /** Layers that any 8-bit recipe treats alike. */
  private static void storedWeights(
      GraphEditor graph,
      QuantizeOptions options,
      StoredWeights stored,
      List<LayerOutcome> outcomes) {
    if (graph.opset(Domains.STANDARD) < BROADCASTING_OPSET) {
      return;
    }
    for (StoredOperator operator :
        List.of(
            new RecurrentLayers(graph, options, stored),
            new TransposedConvolutions(graph, stored),
            new EmbeddingTables(graph))) {
      outcomes.addAll(StoredOperator.apply(operator, graph, options));
    }
  }

  private static void weights(
      WeightOnly recipe,
      GraphEditor graph,
      QuantizeOptions options,
      List<WeightLayer> layers,
      List<LayerOutcome> outcomes) {
    StoredWeights stored = new StoredWeights(graph);
    for (WeightLayer layer : layers) {
      switch (layer) {
        case LinearLayer linear when linear.inputs() >= WeightOnly.LEAST_INPUTS -> {
          recipe.apply(linear);
          outcomes.add(done(layer.node(), recipe.description()));
        }
        case LinearLayer _ ->
            outcomes.add(
                left(
                    layer.node(),
                    "it has fewer than %d inputs".formatted(WeightOnly.LEAST_INPUTS)));
        case ConvolutionLayer convolution -> {
          store(convolution, stored);
          outcomes.add(done(layer.node(), "weights stored in 8 bits, computed in float"));
        }
      }
    }
    storedWeights(graph, options, stored, outcomes);
  }

  private static void fixed(
      OnnxModel model,
      GraphEditor graph,
      QuantizeOptions options,
      List<WeightLayer> layers,
      CalibrationData samples,
      List<LayerOutcome> outcomes,
      Findings findings) {
    if (!layers.isEmpty()) {
      integer(model, graph, options, layers, samples, outcomes, findings);
    }
    storedWeights(graph, options, new StoredWeights(graph), outcomes);
  }

  private static void integer(
      OnnxModel model,
      GraphEditor graph,
      QuantizeOptions options,
      List<WeightLayer> layers,
      CalibrationData samples,
      List<LayerOutcome> outcomes,
      Findings findings) {
    StaticPlan plan = StaticPlan.of(graph, layers, options);
    LayerRows rows = LayerRows.of(layers, options);
    Calibrator.Calibration learnt =
        Calibrator.run(
            model,
            plan.calibrated(),
            rows.collectors(),
            options.ranges() != RangeMethod.MIN_MAX,
            samples);
    StaticInt8 recipe = new StaticInt8(graph, plan, options, learnt.statistics(), rows);
    findings.samples(learnt.samples());
    recipe.apply(layers);
    for (WeightLayer layer : layers) {
      ValueRange range = recipe.range(layer.activation());
      findings.saturation(layer.node(), recipe.cutOff(layer.activation()), range);
      outcomes.add(
          done(
              layer.node(),
              "QDQ, activations %s to %s".formatted(range.minimum(), range.maximum())));
    }
  }

  private static void half(
      GraphEditor graph, List<WeightLayer> layers, List<LayerOutcome> outcomes) {
    HalfStorage recipe = new HalfStorage(graph);
    Set<String> stored = new HashSet<>();
    for (WeightLayer layer : layers) {
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
