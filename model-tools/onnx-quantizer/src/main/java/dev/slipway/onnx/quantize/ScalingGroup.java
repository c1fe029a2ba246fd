package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.GraphEditor;
import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.TensorReader;
import dev.slipway.onnx.proto.TensorProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A value whose channels can be divided by any positive factors without changing what the model
 * computes: whoever makes it has constants to divide, all who read it have weights to multiply.
 *
 * @param value the value
 * @param readers the layers that multiply it with weights
 * @param sources the constants to divide
 * @param between the values from the one that is made to {@code value}, whose channels change too
 * @param twin whether others read the value as it is, so that its maker must be doubled
 */
record ScalingGroup(
    String value,
    List<WeightLayer> readers,
    List<Source> sources,
    List<String> between,
    boolean twin) {
  /**
   * A constant input of a node.
   *
   * @param output the node's first output
   * @param input its place
   * @param axis of the channels in the constant
   */
  record Source(String output, int input, int axis) {}

  /** Operators f with f(x / s) = f(x) / s for s &gt; 0, channel by channel. */
  private static final Set<String> HOMOGENEOUS =
      Set.of("Relu", "LeakyRelu", "Identity", "MaxPool", "AveragePool", "GlobalAveragePool");

  /** {@return the groups of these layers in which only the wanted kinds of makers are changed} */
  static List<ScalingGroup> find(
      GraphEditor graph, List<WeightLayer> layers, QuantizeOptions options) {
    Map<String, List<Node>> consumers = graph.consumers();
    List<ScalingGroup> groups = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (WeightLayer layer : layers) {
      if (seen.add(layer.activation())) {
        List<WeightLayer> readers =
            layers.stream().filter(l -> l.activation().equals(layer.activation())).toList();
        if (readers.stream().map(ScalingGroup::channels).distinct().count() == 1) {
          new Search(graph, consumers, layers, options).from(readers).ifPresent(groups::add);
        }
      }
    }
    return groups;
  }

  private static List<Integer> channels(WeightLayer layer) {
    return List.of(
        layer.channelAxis(), layer.firstChannel(layer.outputs() - 1) + layer.channelsRead());
  }

  private record Search(
      GraphEditor graph,
      Map<String, List<Node>> consumers,
      List<WeightLayer> layers,
      QuantizeOptions options) {

    Optional<ScalingGroup> from(List<WeightLayer> readers) {
      String value = readers.getFirst().activation();
      int channels = channels(readers.getFirst()).getLast();
      boolean alone = readers(value) == readers.size() && !graph.isGraphOutput(value);
      List<String> between = new ArrayList<>(List.of(value));
      Optional<Node> maker = graph.producer(value);
      while (alone && maker.isPresent() && HOMOGENEOUS.contains(maker.get().type())) {
        String input = maker.get().inputs().getFirst();
        alone =
            maker.get().domain().isEmpty()
                && maker.get().outputs().size() == 1
                && readers(input) == 1
                && !graph.isGraphOutput(input);
        between.add(input);
        maker = graph.producer(input);
      }
      if (maker.isEmpty()) {
        return Optional.empty();
      }
      Node node = maker.get();
      boolean norm = node.is("LayerNormalization") && node.outputs().size() == 1;
      if (!alone && !(norm && between.size() == 1)) {
        return Optional.empty();
      }
      boolean lastAxis = readers.getFirst().channelAxis() < 0;
      List<Source> sources = norm ? norm(node, lastAxis) : layer(node, lastAxis);
      boolean fits =
          !sources.isEmpty()
              && sources.stream().allMatch(source -> length(source, node) == channels);
      return fits
          ? Optional.of(new ScalingGroup(value, readers, sources, between, !alone))
          : Optional.empty();
    }

    private int readers(String value) {
      return consumers.getOrDefault(value, List.of()).size();
    }

    private List<Source> norm(Node node, boolean lastAxis) {
      boolean plain =
          options.has(Improvement.SMOOTH_QUANT)
              && lastAxis
              && node.intAttribute("axis", -1) == -1
              && node.inputs().stream().skip(1).allMatch(this::isVector);
      return plain ? places(node, 0) : List.of();
    }

    private boolean isVector(String name) {
      return graph.constant(name).filter(t -> t.getDimsCount() == 1).isPresent();
    }

    private List<Source> layer(Node node, boolean lastAxis) {
      if (!options.has(Improvement.CROSS_LAYER_EQUALISATION)) {
        return List.of();
      }
      if (node.is("Add") && lastAxis) {
        return sum(node);
      }
      return layers.stream()
          .filter(layer -> layer.node().equals(node) && lastAxis == layer.channelAxis() < 0)
          .findFirst()
          .map(layer -> places(node, outputAxis(layer)))
          .orElse(List.of());
    }

    /** MatMul and a constant bias. */
    private List<Source> sum(Node add) {
      for (int place = 0; place < 2; place++) {
        String product = add.inputs().get(1 - place);
        Optional<WeightLayer> layer =
            layers.stream()
                .filter(l -> l.node().is("MatMul") && l.node().output().equals(product))
                .findFirst();
        if (layer.isPresent()
            && isVector(add.inputs().get(place))
            && readers(product) == 1
            && !graph.isGraphOutput(product)) {
          return List.of(new Source(product, 1, 1), new Source(add.output(), place, 0));
        }
      }
      return List.of();
    }

    private static int outputAxis(WeightLayer layer) {
      return layer instanceof LinearLayer linear && !linear.transposed() ? 1 : 0;
    }

    /** Weights or gains, and the bias if there is one. */
    private static List<Source> places(Node node, int axis) {
      List<Source> places = new ArrayList<>(List.of(new Source(node.output(), 1, axis)));
      if (node.input(2).isPresent()) {
        places.add(new Source(node.output(), 2, 0));
      }
      return places;
    }

    private long length(Source source, Node node) {
      Node owner =
          source.output().equals(node.output())
              ? node
              : graph.producer(source.output()).orElseThrow();
      TensorProto constant = graph.constant(owner.inputs().get(source.input())).orElseThrow();
      return TensorReader.shape(constant)[source.axis()];
    }
  }
}
