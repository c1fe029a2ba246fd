package dev.slipway.onnx.graph;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.NodeProto;
import dev.slipway.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Infers the types of all values of a main graph. ONNX Runtime keeps none for a value that its own
 * rewriting made (between a fused Gemm and its Relu, for example), but it must find the type of
 * every output. So all values become outputs of a throw-away copy, and the session tells their
 * types.
 */
public final class ValueTypes {
  private static final String TYPE_PREFIX = "ONNX_TENSOR_ELEMENT_DATA_TYPE_";

  private ValueTypes() {}

  /**
   * {@return the same nodes, with the types of all tensors in the graph's value infos. A scalar has
   * no shape there: the runtime's answer is the same for it and for an unknown rank}
   *
   * @throws OnnxException if ONNX Runtime cannot load the model
   */
  public static OnnxModel writeInto(OnnxModel model) {
    GraphProto.Builder typed = model.graph().toBuilder().clearValueInfo();
    infer(model).forEach(type -> typed.addValueInfo(type.toProto()));
    return OnnxModel.of(model.proto().toBuilder().setGraph(typed).build());
  }

  /**
   * {@return the types of the tensors that nodes compute and that are no outputs, in node order}
   */
  public static List<ValueType> infer(OnnxModel model) {
    List<String> inner = inner(model.graph());
    GraphProto.Builder exposed = model.graph().toBuilder().clearValueInfo();
    inner.forEach(name -> exposed.addOutput(ValueInfoProto.newBuilder().setName(name)));
    byte[] copy = OnnxModel.of(model.proto().toBuilder().setGraph(exposed).build()).toBytes();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      options.setIntraOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      try (OrtSession session = SharedRuntime.environment().createSession(copy, options)) {
        var outputs = session.getOutputInfo();
        return inner.stream()
            .flatMap(name -> Optional.ofNullable(outputs.get(name)).stream())
            .flatMap(info -> type(info).stream())
            .toList();
      }
    } catch (OrtException e) {
      throw unloadable(e);
    }
  }

  static OnnxException unloadable(OrtException cause) {
    return new OnnxException(
        OnnxException.Code.ONNX_RUNTIME,
        "ONNX Runtime cannot load the model: " + cause.getMessage(),
        cause);
  }

  private static List<String> inner(GraphProto graph) {
    Set<String> declared = new HashSet<>();
    graph.getInputList().forEach(input -> declared.add(input.getName()));
    graph.getOutputList().forEach(output -> declared.add(output.getName()));
    List<String> inner = new ArrayList<>();
    for (NodeProto node : graph.getNodeList()) {
      for (String output : node.getOutputList()) {
        if (!output.isEmpty() && declared.add(output)) {
          inner.add(output);
        }
      }
    }
    return inner;
  }

  private static Optional<ValueType> type(NodeInfo info) {
    if (!(info.getInfo() instanceof TensorInfo tensor)) {
      return Optional.empty();
    }
    // The Java binding numbers element types in its own order; the names are the schema's.
    String name = tensor.onnxType.name().substring(TYPE_PREFIX.length());
    return Arrays.stream(ElementType.values())
        .filter(type -> type.name().equals(name))
        .findFirst()
        .map(type -> new ValueType(info.getName(), type, shape(tensor)));
  }

  private static Optional<Shape> shape(TensorInfo tensor) {
    long[] sizes = tensor.getShape();
    String[] names = tensor.getDimensionNames();
    List<Shape.Dimension> dimensions = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      dimensions.add(dimension(sizes[i], names[i]));
    }
    return dimensions.isEmpty() ? Optional.empty() : Optional.of(new Shape(dimensions));
  }

  private static Shape.Dimension dimension(long size, String name) {
    if (size >= 0) {
      return new Shape.Dimension.Fixed(size);
    }
    return name.isEmpty() ? new Shape.Dimension.Unknown() : new Shape.Dimension.Named(name);
  }
}
