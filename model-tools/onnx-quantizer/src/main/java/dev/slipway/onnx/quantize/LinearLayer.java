package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphEditor;
import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.TensorReader;
import dev.slipway.onnx.graph.Tensors;
import dev.slipway.onnx.proto.TensorProto;
import java.util.Arrays;
import java.util.Optional;

/**
 * A MatMul or Gemm with constant weights: y = x · W (+ bias).
 *
 * @param node the node
 * @param activation the value x
 * @param weights the constant W, [inputs][outputs] or, when transposed, [outputs][inputs]
 * @param transposed whether W is stored transposed (Gemm's transB)
 * @param bias the constant bias, one number per output
 */
record LinearLayer(
    Node node,
    String activation,
    TensorProto weights,
    boolean transposed,
    Optional<TensorProto> bias)
    implements WeightLayer {

  static Found of(Node node, GraphEditor graph) {
    Optional<TensorProto> weights = node.input(1).flatMap(graph::constant);
    if (weights.isEmpty()) {
      return new Found.Left("its second input is computed, not constant");
    }
    if (graph.constant(node.inputs().getFirst()).isPresent()) {
      return new Found.Left("its first input is constant");
    }
    if (weights.get().getDataType() != ElementType.FLOAT.number()) {
      return new Found.Left("its weights are no 32-bit floats");
    }
    if (weights.get().getDimsCount() != 2 || TensorReader.count(weights.get()) == 0) {
      return new Found.Left("its weights are no matrix, shape " + weights.get().getDimsList());
    }
    return node.is("Gemm") ? gemm(node, graph, weights.get()) : matMul(node, weights.get());
  }

  private static Found matMul(Node node, TensorProto weights) {
    return new Found.Layer(
        new LinearLayer(node, node.inputs().getFirst(), weights, false, Optional.empty()));
  }

  private static Found gemm(Node node, GraphEditor graph, TensorProto weights) {
    if (node.intAttribute("transA", 0) != 0
        || node.floatAttribute("alpha", 1) != 1
        || node.floatAttribute("beta", 1) != 1) {
      return new Found.Left("a Gemm with transA, alpha or beta");
    }
    boolean transposed = node.intAttribute("transB", 0) != 0;
    Optional<String> biasName = node.input(2);
    Optional<TensorProto> bias = biasName.flatMap(graph::constant);
    long outputs = weights.getDims(transposed ? 0 : 1);
    boolean plain =
        biasName.isEmpty()
            || bias.filter(b -> b.getDimsCount() == 1 && b.getDims(0) == outputs).isPresent();
    if (!plain) {
      return new Found.Left("its bias is not one constant number per output");
    }
    return new Found.Layer(
        new LinearLayer(node, node.inputs().getFirst(), weights, transposed, bias));
  }

  int inputs() {
    return Math.toIntExact(weights.getDims(transposed ? 1 : 0));
  }

  @Override
  public int outputs() {
    return Math.toIntExact(weights.getDims(transposed ? 0 : 1));
  }

  @Override
  public float[][] rows() {
    float[] stored = TensorReader.floats(weights);
    int inputs = inputs();
    int outputs = outputs();
    float[][] rows = new float[outputs][inputs];
    for (int output = 0; output < outputs; output++) {
      float[] row = rows[output];
      for (int input = 0; input < inputs; input++) {
        row[input] = stored[transposed ? output * inputs + input : input * outputs + output];
      }
    }
    return rows;
  }

  /** Always [inputs][outputs], the form of MatMul. */
  @Override
  public Stored store(byte[][] rows) {
    byte[] values = new byte[inputs() * outputs()];
    for (int output = 0; output < rows.length; output++) {
      for (int input = 0; input < rows[output].length; input++) {
        values[input * rows.length + output] = rows[output][input];
      }
    }
    return new Stored(values, new long[] {inputs(), outputs()});
  }

  @Override
  public int axis() {
    return 1;
  }

  @Override
  public int channelAxis() {
    return -1;
  }

  @Override
  public int firstChannel(int output) {
    return 0;
  }

  @Override
  public int channelsRead() {
    return inputs();
  }

  @Override
  public boolean hasPairs() {
    return true;
  }

  @Override
  public boolean accepts(long[] shape) {
    return shape.length > 0 && shape[shape.length - 1] == inputs();
  }

  @Override
  public long rowsIn(long[] shape) {
    return Tensors.count(shape) / inputs();
  }

  @Override
  public float[] row(float[] values, long[] shape, long index) {
    int start = Math.toIntExact(index * inputs());
    return Arrays.copyOfRange(values, start, start + inputs());
  }

  @Override
  public int sampleColumn(int output, int column) {
    return column;
  }

  @Override
  public int group(int output) {
    return 0;
  }
}
