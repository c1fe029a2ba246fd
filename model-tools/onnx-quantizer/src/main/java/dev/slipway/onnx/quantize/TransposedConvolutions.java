package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphEditor;
import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.TensorReader;
import dev.slipway.onnx.proto.TensorProto;
import java.util.Optional;

/**
 * ConvTranspose, weights [inputs][outputs per group][kernel…]. ONNX Runtime has no integer kernel
 * for it on CPUs: a QDQ form is turned back into floats at each run and is slower than float. So
 * the weights are stored in bytes and folded to floats at load.
 */
final class TransposedConvolutions implements StoredOperator {
  private static final int LEAST_DIMENSIONS = 3;

  private final GraphEditor graph;
  private final StoredWeights stored;

  TransposedConvolutions(GraphEditor graph, StoredWeights stored) {
    this.graph = graph;
    this.stored = stored;
  }

  @Override
  public boolean handles(Node node) {
    return node.is("ConvTranspose");
  }

  @Override
  public Optional<String> obstacle(Node node) {
    Optional<TensorProto> weights = node.input(1).flatMap(graph::constant);
    if (weights.isEmpty()) {
      return Optional.of("its weights are computed, not constant");
    }
    if (weights.get().getDataType() != ElementType.FLOAT.number()
        || weights.get().getDimsCount() < LEAST_DIMENSIONS
        || TensorReader.count(weights.get()) == 0) {
      return Optional.of("its weights are no kernels of 32-bit floats");
    }
    return WeightLayer.isFinite(weights.get())
        ? Optional.empty()
        : Optional.of("its weights are not finite");
  }

  /** An output channel is a position of axis 1 within a group; groups divide axis 0. */
  @Override
  public String quantize(Node node) {
    TensorProto weights = graph.constant(node.inputs().get(1)).orElseThrow();
    boolean oneInputPerGroup = node.intAttribute("group", 1) == weights.getDims(0);
    if (oneInputPerGroup) {
      stored.apply(node, 1, 0, 1);
    } else {
      // The groups share the scales of their outputs: a scale for each would cost more than it
      // wins.
      stored.apply(node, 1, 1);
    }
    return "weights stored in 8 bits, computed in float: ONNX Runtime has no integer kernel for"
        + " ConvTranspose";
  }
}
