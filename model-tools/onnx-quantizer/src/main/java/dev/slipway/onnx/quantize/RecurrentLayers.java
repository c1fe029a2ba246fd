package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.Domains;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphEditor;
import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.TensorReader;
import dev.slipway.onnx.graph.Tensors;
import dev.slipway.onnx.proto.AttributeProto;
import dev.slipway.onnx.proto.TensorProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * LSTM becomes {@code com.microsoft.DynamicQuantizeLSTM} (ONNX Runtime, docs/ContribOperators.md):
 * weights in signed bytes with one scale per gate and hidden unit, inputs and states measured at
 * run time. ONNX Runtime has no integer kernel for GRU and RNN; their weights are stored in bytes
 * with Cast and Mul behind, which it folds to floats when it loads the model.
 */
final class RecurrentLayers implements StoredOperator {
  /** Below this many weights the bytes saved are fewer than the nodes cost. */
  private static final int LEAST = 1024;

  private static final int DIMENSIONS = 3;

  /** Inputs B, sequence_lens, initial_h, initial_c and P lie between the weights and the scales. */
  private static final int SCALES_FROM = 8;

  private final GraphEditor graph;
  private final QuantizeOptions options;
  private final StoredWeights stored;

  RecurrentLayers(GraphEditor graph, QuantizeOptions options, StoredWeights stored) {
    this.graph = graph;
    this.options = options;
    this.stored = stored;
  }

  @Override
  public boolean handles(Node node) {
    return node.is("LSTM") || node.is("GRU") || node.is("RNN");
  }

  @Override
  public Optional<String> obstacle(Node node) {
    long count = 0;
    for (int index = 1; index <= 2; index++) {
      Optional<TensorProto> weights = node.input(index).flatMap(graph::constant);
      if (weights.isEmpty()) {
        return Optional.of("its weights are computed, not constant");
      }
      if (weights.get().getDataType() != ElementType.FLOAT.number()
          || weights.get().getDimsCount() != DIMENSIONS) {
        return Optional.of("its weights are no 32-bit floats in three dimensions");
      }
      if (!WeightLayer.isFinite(weights.get())) {
        return Optional.of("its weights are not finite");
      }
      count += TensorReader.count(weights.get());
    }
    return count < LEAST
        ? Optional.of("it has fewer than %d weights".formatted(LEAST))
        : Optional.empty();
  }

  @Override
  public String quantize(Node node) {
    boolean hasKernel = node.is("LSTM") && node.intAttribute("layout", 0) == 0;
    if (hasKernel && options.recipe().needsNewOperators()) {
      graph.importOpset(Domains.MICROSOFT, 1);
      integer(node);
      return "DynamicQuantizeLSTM, inputs and states measured at run time";
    }
    Node half = stored.apply(node, 1, 0, 1);
    stored.apply(half, 2, 0, 1);
    return "weights stored in 8 bits, computed in float: ONNX Runtime has no integer kernel for "
        + (node.is("LSTM") ? "this form of LSTM" : node.type());
  }

  private void integer(Node node) {
    boolean pairSafe = !options.target().addsIn32Bits();
    List<String> inputs = new ArrayList<>(List.of(node.inputs().getFirst()));
    List<String> scales = new ArrayList<>();
    for (int index = 1; index <= 2; index++) {
      TensorProto weights = constant(node.inputs().get(index));
      Rounded rounded = round(weights, pairSafe);
      String name = weights.getName();
      long directions = weights.getDims(0);
      long outputs = weights.getDims(1);
      inputs.add(
          graph.putConstant(
              Tensors.int8(
                  graph.freshName(name + "_bytes"),
                  new long[] {directions, weights.getDims(2), outputs},
                  transposed(rounded.values(), weights))));
      long[] perOutput = {directions, outputs};
      scales.add(
          graph.putConstant(
              Tensors.floats(graph.freshName(name + "_scales"), perOutput, rounded.scales())));
      scales.add(
          graph.putConstant(
              Tensors.int8(
                  graph.freshName(name + "_zeros"), perOutput, new byte[rounded.scales().length])));
    }
    for (int index = 3; index < SCALES_FROM; index++) {
      inputs.add(node.input(index).orElse(""));
    }
    inputs.addAll(scales);
    List<AttributeProto> attributes =
        node.proto().getAttributeList().stream()
            .filter(attribute -> !attribute.getName().equals("layout"))
            .toList();
    graph.remove(node);
    graph.add(Domains.MICROSOFT, "DynamicQuantizeLSTM", inputs, node.outputs(), attributes);
  }

  private TensorProto constant(String name) {
    return graph.constant(name).orElseThrow();
  }

  /** Bytes in the order of the weights, one scale per row of the last dimension. */
  @SuppressWarnings("ArrayRecordComponent") // private, never compared
  private record Rounded(byte[] values, float[] scales) {}

  private static Rounded round(TensorProto weights, boolean pairSafe) {
    int length = Math.toIntExact(weights.getDims(2));
    float[] exact = TensorReader.floats(weights);
    byte[] values = new byte[exact.length];
    float[] scales = new float[length == 0 ? 0 : exact.length / length];
    WeightRounding rounding = new WeightRounding(pairSafe);
    byte[] rounded = new byte[length];
    for (int row = 0; row < scales.length; row++) {
      float[] part = Arrays.copyOfRange(exact, row * length, (row + 1) * length);
      scales[row] = rounding.round(part, rounded, 0);
      System.arraycopy(rounded, 0, values, row * length, length);
    }
    return new Rounded(values, scales);
  }

  /** From [directions][outputs][inputs] to [directions][inputs][outputs]. */
  private static byte[] transposed(byte[] values, TensorProto weights) {
    int outputs = Math.toIntExact(weights.getDims(1));
    int inputs = Math.toIntExact(weights.getDims(2));
    byte[] turned = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      int start = i / (outputs * inputs) * (outputs * inputs);
      int output = i / inputs % outputs;
      turned[start + i % inputs * outputs + output] = values[i];
    }
    return turned;
  }
}
