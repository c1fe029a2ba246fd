package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.GraphEditor;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.TensorReader;
import dev.slipway.onnx.graph.Tensors;
import dev.slipway.onnx.proto.NodeProto;
import dev.slipway.onnx.proto.TensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Divides the channels of activations by factors s and multiplies the weights that read them by the
 * same, so that both round with less noise; in exact arithmetic the model computes what it did.
 *
 * <p>Where a LayerNormalization makes the activation this is SmoothQuant (Xiao et al.,
 * "SmoothQuant: Accurate and Efficient Post-Training Quantization for Large Language Models", ICML
 * 2023, equation 4: s = max|x|^α / max|w|^(1−α)); where a Conv or linear layer does, with at most a
 * Relu between, cross-layer equalisation (Nagel et al., "Data-Free Quantization Through Weight
 * Equalization and Bias Correction", ICCV 2019, section 4.1), with the ranges of activations in
 * place of those of the first layer's weights, whose channels have scales of their own here. α is
 * searched for each activation; what is least is {@link ScalingNoise}.
 */
final class ChannelScaling {
  /** Enough for extremes by channel. */
  private static final int SAMPLES = 32;

  private static final int STEPS = 10;

  private final GraphEditor graph;
  private final Map<String, ChannelFactors> scaled = new LinkedHashMap<>();
  private boolean changed;

  private ChannelScaling(GraphEditor graph) {
    this.graph = graph;
  }

  /**
   * The model to quantize.
   *
   * @param model computes the same as the one given
   * @param scaled by value what its channels were divided by
   */
  record Scaled(OnnxModel model, Map<String, ChannelFactors> scaled) {}

  /** {@return the model with scaled channels, the given one where nothing can be won} */
  static Scaled apply(
      OnnxModel model,
      GraphEditor graph,
      List<WeightLayer> layers,
      QuantizeOptions options,
      CalibrationData samples) {
    List<ScalingGroup> groups = ScalingGroup.find(graph, layers, options);
    if (groups.isEmpty() || !samples.iterator().hasNext()) {
      return new Scaled(model, Map.of());
    }
    Map<String, ChannelExtremes> extremes = new HashMap<>();
    Map<String, List<RowCollector>> collectors = new HashMap<>();
    for (ScalingGroup group : groups) {
      ChannelExtremes seen = new ChannelExtremes(group.readers().getFirst().channelAxis());
      extremes.put(group.value(), seen);
      collectors.put(group.value(), List.of(seen));
    }
    Calibrator.run(model, Map.of(), collectors, false, FewSamples.of(samples, SAMPLES));
    ChannelScaling scaling = new ChannelScaling(graph);
    for (ScalingGroup group : groups) {
      ChannelExtremes seen = extremes.get(group.value());
      if (seen != null) {
        factors(group, seen, options).ifPresent(factors -> scaling.scale(group, factors));
      }
    }
    return scaling.changed
        ? new Scaled(graph.toModel(), Map.copyOf(scaling.scaled))
        : new Scaled(model, Map.of());
  }

  /** {@return the factors of least noise; empty if there is less without any} */
  private static Optional<float[]> factors(
      ScalingGroup group, ChannelExtremes seen, QuantizeOptions options) {
    ScalingNoise noise = new ScalingNoise(group.readers(), seen, options.target());
    if (!noise.fits()) {
      return Optional.empty();
    }
    double least = noise.of(noise.ones());
    float[] best = {};
    for (int step = 1; step <= STEPS; step++) {
      float[] factors = noise.factors(step / (double) STEPS);
      double found = noise.of(factors);
      if (found < least) {
        least = found;
        best = factors;
      }
    }
    return best.length == 0 ? Optional.empty() : Optional.of(best);
  }

  private void scale(ScalingGroup group, float[] factors) {
    changed = true;
    if (group.twin()) {
      twin(group, factors);
    } else {
      for (ScalingGroup.Source source : group.sources()) {
        divide(source, factors);
      }
      List<Float> kept = new ArrayList<>();
      for (float factor : factors) {
        kept.add(factor);
      }
      int axis = group.readers().getFirst().channelAxis();
      group.between().forEach(value -> scaled.put(value, new ChannelFactors(axis, kept)));
      // The product before a bias is no value between, yet scaled.
      scaled.put(group.sources().getFirst().output(), new ChannelFactors(axis, kept));
    }
    group.readers().forEach(reader -> multiply(reader, factors));
  }

  /** A second LayerNormalization beside the one that others read. */
  private void twin(ScalingGroup group, float[] factors) {
    NodeProto maker = graph.producer(group.value()).orElseThrow().proto();
    String scaledValue = graph.freshName(group.value() + "_scaled");
    NodeProto.Builder twin =
        maker.toBuilder().setName(graph.freshName(scaledValue + "/" + maker.getOpType()));
    twin.setOutput(0, scaledValue);
    for (int input = 1; input < maker.getInputCount(); input++) {
      TensorProto constant = graph.constant(maker.getInput(input)).orElseThrow();
      twin.setInput(input, put(constant, divided(constant, 0, factors)));
    }
    graph.add(twin.build());
    for (WeightLayer reader : group.readers()) {
      rewire(reader.node().output(), 0, scaledValue);
    }
  }

  private void divide(ScalingGroup.Source source, float[] factors) {
    NodeProto node = graph.producer(source.output()).orElseThrow().proto();
    TensorProto constant = graph.constant(node.getInput(source.input())).orElseThrow();
    String name = put(constant, divided(constant, source.axis(), factors));
    rewire(source.output(), source.input(), name);
  }

  private static float[] divided(TensorProto constant, int axis, float[] factors) {
    float[] values = TensorReader.floats(constant);
    long[] shape = TensorReader.shape(constant);
    int inner = 1;
    for (int i = axis + 1; i < shape.length; i++) {
      inner *= Math.toIntExact(shape[i]);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] /= factors[i / inner % factors.length];
    }
    return values;
  }

  private void multiply(WeightLayer reader, float[] factors) {
    NodeProto node = graph.producer(reader.node().output()).orElseThrow().proto();
    TensorProto constant = graph.constant(node.getInput(1)).orElseThrow();
    float[] values = TensorReader.floats(constant);
    int perOutput = values.length / reader.outputs();
    int channels = reader.channelsRead();
    boolean inputsFirst = reader instanceof LinearLayer linear && !linear.transposed();
    for (int i = 0; i < values.length; i++) {
      int output = inputsFirst ? i % reader.outputs() : i / perOutput;
      int channel = inputsFirst ? i / reader.outputs() : i % perOutput / (perOutput / channels);
      values[i] *= factors[reader.firstChannel(output) + channel];
    }
    rewire(reader.node().output(), 1, put(constant, values));
  }

  private String put(TensorProto like, float[] values) {
    return graph.putConstant(
        Tensors.floats(
            graph.freshName(like.getName() + "_scaled"), TensorReader.shape(like), values));
  }

  private void rewire(String output, int input, String name) {
    NodeProto node = graph.producer(output).orElseThrow().proto();
    graph.replace(
        new dev.slipway.onnx.graph.Node(node), node.toBuilder().setInput(input, name).build());
  }
}
