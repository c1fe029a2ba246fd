package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.TensorReader;
import dev.slipway.onnx.proto.TensorProto;
import java.util.Optional;

/** A node with constant weights that computes, per output, a sum of inputs times weights. */
sealed interface WeightLayer permits LinearLayer, ConvolutionLayer {
  /** {@return the node} */
  Node node();

  /** {@return the value that the weights are multiplied with} */
  String activation();

  /** {@return the constant weights} */
  TensorProto weights();

  /** {@return the constant bias, one number per output} */
  Optional<TensorProto> bias();

  /** {@return the number of output channels} */
  int outputs();

  /**
   * {@return the weights by output channel, each row in the order in which ONNX Runtime's integer
   * kernels add the products up; adjacent pairs of a row meet in one 16-bit register}
   */
  float[][] rows();

  /** {@return the rows in the form that {@link #axis} counts in, as it is stored} */
  Stored store(byte[][] rows);

  /** {@return the axis of the stored weights that counts the output channels} */
  int axis();

  /** {@return the axis of the activation that counts the input channels; −1 is the last} */
  int channelAxis();

  /** {@return the first input channel that row {@code output} is applied to} */
  int firstChannel(int output);

  /**
   * {@return how many input channels a row is applied to: column {@code c} of it to channel {@code
   * firstChannel + c mod channelsRead}}
   */
  int channelsRead();

  /** {@return whether two products can meet in a 16-bit register on x86 without VNNI} */
  boolean hasPairs();

  /** {@return whether {@link #row} can read an activation of this shape} */
  boolean accepts(long[] shape);

  /** {@return how many rows the weights are multiplied with in an activation of this shape} */
  long rowsIn(long[] shape);

  /** {@return row {@code index} of the activation} */
  float[] row(float[] values, long[] shape, long index);

  /** {@return the place in a {@link #row} of what column {@code column} is multiplied with} */
  int sampleColumn(int output, int column);

  /** {@return a number that outputs which read the same part of a row have in common} */
  int group(int output);

  /** Weights as stored: values and their shape. */
  record Stored(byte[] values, long[] shape) {}

  /** {@return whether no weight and no bias is infinite or not a number} */
  default boolean isFinite() {
    return isFinite(weights()) && bias().map(WeightLayer::isFinite).orElse(true);
  }

  /** {@return whether no number of a float tensor is infinite or not a number} */
  static boolean isFinite(TensorProto tensor) {
    for (float value : TensorReader.floats(tensor)) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** What a node is to the quantizer. */
  sealed interface Found {
    record Layer(WeightLayer layer) implements Found {}

    record Left(String why) implements Found {}
  }
}
