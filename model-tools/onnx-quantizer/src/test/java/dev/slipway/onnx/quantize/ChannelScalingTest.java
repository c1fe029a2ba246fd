package dev.slipway.onnx.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphBuilder;
import dev.slipway.onnx.graph.GraphEditor;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.graph.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChannelScalingTest {
  private static final int WIDTH = 32;

  /** Every so many channels one is that much larger, as in trained transformers. */
  private static final int EVERY = 11;

  private static final float OUTLIER = 30;

  private static final Set<Improvement> WITHOUT =
      EnumSet.of(Improvement.OUTPUT_ROUNDING, Improvement.BIAS_CORRECTION);

  private final Random random = new Random(5);

  @Test
  void apply_layersAfterLayers_computesTheSame() {
    assertTrue(scaledCloseness(perceptron()) > 100);
    assertTrue(scaledCloseness(products()) > 100);
    assertTrue(scaledCloseness(convolutions()) > 100);
  }

  @Test
  void apply_normThatAResidualReadsToo_isDoubledAndComputesTheSame() {
    OnnxModel model = norm();
    OnnxModel scaled = scaled(model);

    assertTrue(Fidelity.decibel(model, scaled, samples(model)) > 100);
    assertEquals(2, scaled.nodes().stream().filter(node -> node.is("LayerNormalization")).count());
  }

  @Test
  void smoothQuant_outlierChannels_losesFarLess() {
    assertHelps(norm(), Recipe.DYNAMIC_INT8, Improvement.SMOOTH_QUANT, 6);
    assertHelps(norm(), Recipe.STATIC_INT8, Improvement.SMOOTH_QUANT, 6);
  }

  @Test
  void equalisation_outlierChannels_losesLess() {
    assertHelps(perceptron(), Recipe.STATIC_INT8, Improvement.CROSS_LAYER_EQUALISATION, 2);
    assertHelps(convolutions(), Recipe.STATIC_INT8, Improvement.CROSS_LAYER_EQUALISATION, 2);
  }

  @Test
  void layerNoise_scaledChannels_areComparedAsTheFloatModelHasThem() {
    OnnxModel model = perceptron();
    QuantizeResult result =
        Quantizer.quantize(
            model,
            QuantizeOptions.of(Recipe.STATIC_INT8).improving(EnumSet.allOf(Improvement.class)),
            samples(model));

    Map<String, Double> decibels = LayerNoise.of(model, result, samples(model));

    assertFalse(result.scaled().isEmpty());
    assertTrue(decibels.values().stream().allMatch(decibel -> decibel > 20), decibels::toString);
  }

  private void assertHelps(OnnxModel model, Recipe recipe, Improvement one, double decibels) {
    QuantizeOptions plain = QuantizeOptions.of(recipe).improving(WITHOUT);
    Set<Improvement> more = EnumSet.copyOf(WITHOUT);
    more.add(one);
    double without = decibel(model, plain);
    double with = decibel(model, plain.improving(more));
    assertTrue(with > without + decibels, recipe + ": " + with + " against " + without);
  }

  private double decibel(OnnxModel model, QuantizeOptions options) {
    QuantizeResult result = Quantizer.quantize(model, options, samples(model));
    return Fidelity.decibel(model, result.model(), samples(model));
  }

  private double scaledCloseness(OnnxModel model) {
    return Fidelity.decibel(model, scaled(model), samples(model));
  }

  private OnnxModel scaled(OnnxModel model) {
    GraphEditor graph = GraphEditor.of(model);
    List<WeightLayer> layers = new ArrayList<>();
    graph.nodes().stream()
        .filter(node -> node.is("Gemm") || node.is("MatMul") || node.is("Conv"))
        .map(node ->
            node.is("Conv") ? ConvolutionLayer.of(node, graph) : LinearLayer.of(node, graph))
        .forEach(found -> layers.add(((WeightLayer.Found.Layer) found).layer()));
    ChannelScaling.Scaled scaled =
        ChannelScaling.apply(
            model,
            graph,
            layers,
            QuantizeOptions.of(Recipe.STATIC_INT8).improving(EnumSet.allOf(Improvement.class)),
            samples(model));
    assertNotSame(model, scaled.model(), "nothing was scaled");
    return scaled.model();
  }

  /** Equal at every pass. */
  private static CalibrationData samples(OnnxModel model) {
    int[] shape =
        model.graph().getInput(0).getType().getTensorType().getShape().getDimList().stream()
            .mapToInt(dimension -> (int) dimension.getDimValue())
            .toArray();
    List<Long> sizes = Arrays.stream(shape).mapToObj(size -> (long) size).toList();
    return () -> {
      Random source = new Random(3);
      return IntStream.range(0, 64)
          .mapToObj(_ -> {
            float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
            for (int i = 0; i < values.length; i++) {
              values[i] = (float) source.nextGaussian();
            }
            return Map.<String, CalibrationTensor>of(
                "x", new CalibrationTensor.Floats(sizes, values));
          })
          .iterator();
    };
  }

  private float[] weights(int outputs, int perOutput, boolean outliers) {
    float[] values = new float[outputs * perOutput];
    for (int i = 0; i < values.length; i++) {
      boolean large = outliers && i / perOutput % EVERY == 3;
      values[i] = (float) (random.nextGaussian() / Math.sqrt(perOutput) * (large ? OUTLIER : 1));
    }
    return values;
  }

  /** Outlier channels leave the first layer; the second takes them with small weights. */
  private OnnxModel perceptron() {
    GraphBuilder graph = GraphBuilder.named("perceptron");
    graph.input("x", ElementType.FLOAT, Shape.of(1, WIDTH));
    graph.constant(Tensors.floats("w1", new long[] {WIDTH, WIDTH}, weights(WIDTH, WIDTH, true)));
    graph.constant(Tensors.floats("b1", weights(WIDTH, 1, false)));
    graph.constant(Tensors.floats("w2", new long[] {WIDTH, WIDTH}, readers(WIDTH, WIDTH, 1)));
    String first = graph.node("Gemm", List.of("x", "w1", "b1"), Attributes.of("transB", 1));
    String relu = graph.node("Relu", List.of(first));
    graph.node("Gemm", List.of(relu, "w2"), List.of("y"), Attributes.of("transB", 1));
    graph.output("y", ElementType.FLOAT, Shape.of(1, WIDTH));
    return graph.build();
  }

  /** Weights that make up for the outliers: [outputs][inputs][inner]. */
  private float[] readers(int outputs, int inputs, int inner) {
    float[] values = weights(outputs, inputs * inner, false);
    for (int i = 0; i < values.length; i++) {
      values[i] /= i / inner % inputs % EVERY == 3 ? OUTLIER : 1;
    }
    return values;
  }

  private OnnxModel products() {
    GraphBuilder graph = GraphBuilder.named("products");
    graph.input("x", ElementType.FLOAT, Shape.of(1, 3, WIDTH));
    float[] columns = weights(WIDTH, WIDTH, false);
    for (int i = 0; i < columns.length; i++) {
      columns[i] *= i % WIDTH % EVERY == 3 ? OUTLIER : 1;
    }
    graph.constant(Tensors.floats("w1", new long[] {WIDTH, WIDTH}, columns));
    graph.constant(Tensors.floats("b1", weights(WIDTH, 1, false)));
    graph.constant(Tensors.floats("w2", new long[] {WIDTH, WIDTH}, weights(WIDTH, WIDTH, false)));
    String sum = graph.node("Add", List.of("b1", graph.node("MatMul", List.of("x", "w1"))));
    graph.node("MatMul", List.of(graph.node("Relu", List.of(sum)), "w2"), List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.of(1, 3, WIDTH));
    return graph.build();
  }

  /** A plain convolution, one in groups, and one that reads those. */
  private OnnxModel convolutions() {
    GraphBuilder graph = GraphBuilder.named("convolutions");
    graph.input("x", ElementType.FLOAT, Shape.of(1, 4, 6, 6));
    graph.constant(Tensors.floats("w1", new long[] {WIDTH, 4, 1, 1}, weights(WIDTH, 4, true)));
    graph.constant(Tensors.floats("b1", weights(WIDTH, 1, false)));
    graph.constant(
        Tensors.floats("w2", new long[] {WIDTH, WIDTH / 4, 3, 3}, readers(WIDTH, WIDTH / 4, 9)));
    graph.constant(Tensors.floats("w3", new long[] {8, WIDTH, 1, 1}, weights(8, WIDTH, false)));
    String first = graph.node("Relu", List.of(graph.node("Conv", List.of("x", "w1", "b1"))));
    String second = graph.node("Conv", List.of(first, "w2"), Attributes.of("group", 4));
    String pooled =
        graph.node("MaxPool", List.of(second), Attributes.ofLongs("kernel_shape", 2, 2));
    graph.node("Conv", List.of(pooled, "w3"), List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.of(1, 8, 3, 3));
    return graph.build();
  }

  /** A norm with large gains, read by a linear layer and by a sum around it. */
  private OnnxModel norm() {
    GraphBuilder graph = GraphBuilder.named("norm");
    graph.input("x", ElementType.FLOAT, Shape.of(1, 4, WIDTH));
    float[] gains = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      gains[i] = i % EVERY == 3 ? OUTLIER : 1;
    }
    graph.constant(Tensors.floats("gain", gains));
    graph.constant(Tensors.floats("shift", weights(WIDTH, 1, false)));
    float[] rows = weights(WIDTH, WIDTH, false);
    for (int i = 0; i < rows.length; i++) {
      rows[i] /= i / WIDTH % EVERY == 3 ? OUTLIER : 1;
    }
    graph.constant(Tensors.floats("w", new long[] {WIDTH, WIDTH}, rows));
    graph.constant(Tensors.floats("small", new float[] {0.001f}));
    String normed =
        graph.node(
            "LayerNormalization",
            List.of("x", "gain", "shift"),
            Attributes.of("axis", -1),
            Attributes.of("epsilon", 1e-5f));
    String product = graph.node("MatMul", List.of(normed, "w"));
    String rest = graph.node("Mul", List.of(normed, "small"));
    graph.node("Add", List.of(product, rest), List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.of(1, 4, WIDTH));
    return graph.build();
  }
}
