package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphEditor;
import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.TensorReader;
import dev.slipway.onnx.proto.TensorProto;
import java.util.Optional;

/**
 * A convolution with constant weights [outputs][inputs per group][kernel…].
 *
 * @param node the node
 * @param activation the value that is convolved
 * @param weights the kernels
 * @param bias one number per output
 * @param groups the number of groups
 */
record ConvolutionLayer(
    Node node, String activation, TensorProto weights, Optional<TensorProto> bias, int groups)
    implements WeightLayer {

  private static final int LEAST_DIMENSIONS = 3;

  static Found of(Node node, GraphEditor graph) {
    Optional<TensorProto> weights = node.input(1).flatMap(graph::constant);
    if (weights.isEmpty()) {
      return new Found.Left("its weights are computed, not constant");
    }
    TensorProto kernels = weights.get();
    if (kernels.getDataType() != ElementType.FLOAT.number()) {
      return new Found.Left("its weights are no 32-bit floats");
    }
    if (kernels.getDimsCount() < LEAST_DIMENSIONS || TensorReader.count(kernels) == 0) {
      return new Found.Left("its weights are no kernels");
    }
    Optional<TensorProto> bias = node.input(2).flatMap(graph::constant);
    if (node.input(2).isPresent() && bias.isEmpty()) {
      return new Found.Left("its bias is computed, not constant");
    }
    long groups = node.intAttribute("group", 1);
    if (groups < 1 || kernels.getDims(0) % groups != 0) {
      return new Found.Left("its groups do not divide its outputs");
    }
    return new Found.Layer(
        new ConvolutionLayer(
            node, node.inputs().getFirst(), kernels, bias, Math.toIntExact(groups)));
  }

  @Override
  public int outputs() {
    return Math.toIntExact(weights.getDims(0));
  }

  private int channels() {
    return Math.toIntExact(weights.getDims(1));
  }

  private int positions() {
    return TensorReader.count(weights) / (outputs() * channels());
  }

  /** Columns run over the kernel's positions and, within each, over the channels. */
  @Override
  public float[][] rows() {
    float[] stored = TensorReader.floats(weights);
    int channels = channels();
    int positions = positions();
    float[][] rows = new float[outputs()][positions * channels];
    int index = 0;
    for (float[] row : rows) {
      for (int channel = 0; channel < channels; channel++) {
        for (int position = 0; position < positions; position++) {
          row[position * channels + channel] = stored[index++];
        }
      }
    }
    return rows;
  }

  @Override
  public Stored store(byte[][] rows) {
    byte[] values = new byte[TensorReader.count(weights)];
    int channels = channels();
    int positions = positions();
    int index = 0;
    for (byte[] row : rows) {
      for (int channel = 0; channel < channels; channel++) {
        for (int position = 0; position < positions; position++) {
          values[index++] = row[position * channels + channel];
        }
      }
    }
    return new Stored(values, TensorReader.shape(weights));
  }

  @Override
  public int axis() {
    return 0;
  }

  @Override
  public int channelAxis() {
    return 1;
  }

  @Override
  public int firstChannel(int output) {
    return group(output) * channels();
  }

  @Override
  public int channelsRead() {
    return channels();
  }

  /**
   * ONNX Runtime computes depthwise convolutions with a kernel of their own, which adds in 32 bits.
   */
  @Override
  public boolean hasPairs() {
    return !(channels() == 1 && groups == outputs());
  }

  private Patches patches() {
    return Patches.of(node, TensorReader.shape(weights));
  }

  @Override
  public boolean accepts(long[] shape) {
    return shape.length == weights.getDimsCount() && shape[1] == (long) channels() * groups;
  }

  @Override
  public long rowsIn(long[] shape) {
    return patches().count(shape);
  }

  @Override
  public float[] row(float[] values, long[] shape, long index) {
    return patches().at(values, shape, index);
  }

  @Override
  public int sampleColumn(int output, int column) {
    int channels = channels();
    return column / channels * channels * groups + firstChannel(output) + column % channels;
  }

  @Override
  public int group(int output) {
    return output / (outputs() / groups);
  }
}
