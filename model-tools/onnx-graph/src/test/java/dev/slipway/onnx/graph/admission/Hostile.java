package dev.slipway.onnx.graph.admission;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.Tensors;
import dev.slipway.onnx.proto.AttributeProto;
import dev.slipway.onnx.proto.FunctionProto;
import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.ModelProto;
import dev.slipway.onnx.proto.NodeProto;
import dev.slipway.onnx.proto.OperatorSetIdProto;
import dev.slipway.onnx.proto.SparseTensorProto;
import dev.slipway.onnx.proto.StringStringEntryProto;
import dev.slipway.onnx.proto.TensorProto;
import dev.slipway.onnx.proto.TensorShapeProto;
import dev.slipway.onnx.proto.TypeProto;
import dev.slipway.onnx.proto.ValueInfoProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Parts that hostile models are made of. */
final class Hostile {
  private Hostile() {}

  /** y = Relu(x), changed by {@code change}. */
  static byte[] model(Consumer<ModelProto.Builder> change) {
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
    model.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17));
    model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(3));
    model.getGraphBuilder().setName("g").addInput(value("x", 1, 2)).addOutput(value("y", 1, 2));
    model.getGraphBuilder().addNode(node("Relu", List.of("x"), List.of("y")));
    change.accept(model);
    return model.build().toByteArray();
  }

  static byte[] graph(Consumer<GraphProto.Builder> change) {
    return model(model -> change.accept(model.getGraphBuilder()));
  }

  /** A graph with this node besides the sound one. */
  static byte[] with(NodeProto node, TensorProto... constants) {
    return graph(graph -> graph.addAllInitializer(List.of(constants)).addNode(node));
  }

  static byte[] with(TensorProto.Builder initializer) {
    return graph(graph -> graph.addInitializer(initializer));
  }

  static TensorProto.Builder tensor(int type, long... dims) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName("t").setDataType(type);
    for (long dim : dims) {
      tensor.addDims(dim);
    }
    return tensor;
  }

  static NodeProto node(
      String type, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .setName(type + outputs)
        .addAllInput(inputs)
        .addAllOutput(outputs)
        .addAllAttribute(List.of(attributes))
        .build();
  }

  static NodeProto ml(String type, AttributeProto... attributes) {
    return node(type, List.of("x"), List.of("z"), attributes).toBuilder()
        .setDomain("ai.onnx.ml")
        .build();
  }

  static ValueInfoProto value(String name, int type, long... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long dim : dims) {
      shape.addDimBuilder().setDimValue(dim);
    }
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder();
    tensor.setElemType(type).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  static GraphProto nested(int depth) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("g" + depth);
    if (depth > 0) {
      graph.addNode(
          node(
              "If",
              List.of("c"),
              List.of("v" + depth),
              Attributes.of("then_branch", nested(depth - 1)),
              Attributes.of("else_branch", GraphProto.getDefaultInstance())));
    }
    return graph.build();
  }

  /** {@code count} functions, each calling the one before twice. */
  static byte[] doublingFunctions(int count) {
    return model(model -> {
      model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("f").setVersion(1));
      for (int i = 0; i < count; i++) {
        NodeProto call = function(i == 0 ? "Relu" : "f" + (i - 1), i == 0 ? "" : "f");
        model.addFunctions(
            FunctionProto.newBuilder()
                .setName("f" + i)
                .setDomain("f")
                .addInput("a")
                .addOutput("b")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("f").setVersion(1))
                .addNode(call)
                .addNode(call.toBuilder().setOutput(0, "c")));
      }
      model
          .getGraphBuilder()
          .addNode(node("f" + (count - 1), List.of("x"), List.of("z")).toBuilder().setDomain("f"));
    });
  }

  static NodeProto function(String name, String domain) {
    return node(name, List.of("a"), List.of("b")).toBuilder().setDomain(domain).build();
  }

  /** A tree ensemble of one tree: node 0 tests, its children are as given, node 1 and 2 leaves. */
  static NodeProto trees(List<Long> yes, List<Long> no, List<String> modes, float... values) {
    long[] ids = java.util.stream.LongStream.range(0, yes.size()).toArray();
    long[] zeros = new long[yes.size()];
    return ml(
        "TreeEnsembleRegressor",
        Attributes.ofLongs("nodes_treeids", zeros),
        Attributes.ofLongs("nodes_nodeids", ids),
        Attributes.ofLongs("nodes_featureids", zeros),
        Attributes.ofFloats("nodes_values", values),
        Attributes.ofStrings("nodes_modes", modes),
        Attributes.ofLongs("nodes_truenodeids", yes.stream().mapToLong(i -> i).toArray()),
        Attributes.ofLongs("nodes_falsenodeids", no.stream().mapToLong(i -> i).toArray()),
        Attributes.ofLongs("target_treeids", 0),
        Attributes.ofLongs("target_nodeids", 1),
        Attributes.ofLongs("target_ids", 0),
        Attributes.ofFloats("target_weights", 1f),
        Attributes.of("n_targets", 1));
  }

  /** Writes raw protobuf. */
  static byte[] wire(Wire content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    try {
      content.write(output);
      output.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  interface Wire {
    void write(CodedOutputStream output) throws IOException;
  }

  /** A graph whose field {@code number} repeats {@code content}. */
  static byte[] repeated(int number, byte[] content, int times) {
    byte[] graph =
        wire(output -> {
          for (int i = 0; i < times; i++) {
            output.writeByteArray(number, content);
          }
        });
    return wire(output -> {
      output.writeInt64(1, 8);
      output.writeByteArray(7, graph);
    });
  }

  static TensorProto raw(String name, int type, int bytes, long... dims) {
    return tensor(type, dims)
        .setName(name)
        .setRawData(ByteString.copyFrom(new byte[bytes]))
        .build();
  }

  static TensorProto sizes(String name, long... sizes) {
    return Tensors.longs(name, sizes);
  }

  /** A constant that stands at one index of a larger one. */
  static byte[] sparse(long index, long... dims) {
    SparseTensorProto.Builder sparse = SparseTensorProto.newBuilder();
    sparse.setValues(raw("s", 1, 4, 1)).setIndices(Tensors.longs("i", index));
    Arrays.stream(dims).forEach(sparse::addDims);
    return graph(graph -> graph.addSparseInitializer(sparse));
  }
}
