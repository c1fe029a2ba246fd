package dev.slipway.onnx.graph;

import dev.slipway.onnx.proto.AttributeProto;
import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.ModelProto;
import dev.slipway.onnx.proto.NodeProto;
import dev.slipway.onnx.proto.OperatorSetIdProto;
import dev.slipway.onnx.proto.StringStringEntryProto;
import dev.slipway.onnx.proto.TensorProto;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds a model node by node, in the order in which values are computed. Not thread-safe.
 *
 * {@snippet :
 * GraphBuilder graph = GraphBuilder.named("tiny");
 * String x = graph.input("x", ElementType.FLOAT, Shape.batchOf(3));
 * String w = graph.constant(Tensors.floats("w", new long[] {3, 2}, weights));
 * graph.node("MatMul", List.of(x, w), List.of("y"));
 * graph.output("y", ElementType.FLOAT, Shape.batchOf(2));
 * OnnxModel model = graph.build();
 * }
 */
public final class GraphBuilder {
  /** Opset 17 runs on IR 8, which every ONNX Runtime since 1.12 reads. */
  private static final long DEFAULT_OPSET = 17;

  /** The classical operators of ai.onnx.ml that go with it. */
  private static final long DEFAULT_ML_OPSET = 3;

  private final GraphProto.Builder graph;
  private final ModelProto.Builder model;
  private final Map<String, Long> opsets = new TreeMap<>();
  private int made;

  private GraphBuilder(String name) {
    graph = GraphProto.newBuilder().setName(name);
    model = ModelProto.newBuilder().setProducerName("slipway");
    opsets.put(Domains.STANDARD, DEFAULT_OPSET);
  }

  /** {@return an empty graph with the standard operators of opset 17} */
  public static GraphBuilder named(String name) {
    return new GraphBuilder(name);
  }

  /** Sets the operator set of a domain; {@link Domains#STANDARD} for the standard one. */
  public GraphBuilder opset(String domain, long version) {
    opsets.put(Domains.canonical(domain), version);
    return this;
  }

  /** Names the tool and version that made the model. */
  public GraphBuilder producer(String name, String version) {
    model.setProducerName(name).setProducerVersion(version);
    return this;
  }

  /** Adds a metadata entry. */
  public GraphBuilder metadata(String key, String value) {
    model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
    return this;
  }

  /** Adds a graph input; {@return its name} */
  public String input(String name, ElementType type, Shape shape) {
    graph.addInput(ValueType.of(name, type, shape).toProto());
    return name;
  }

  /** Adds a constant; {@return its name} */
  public String constant(TensorProto tensor) {
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  /** Declares that the value {@code name} is an output of the graph; {@return its name} */
  public String output(String name, ElementType type, Shape shape) {
    graph.addOutput(ValueType.of(name, type, shape).toProto());
    return name;
  }

  /** Adds a standard node with one output; {@return the output, under a name made here} */
  public String node(String type, List<String> inputs, AttributeProto... attributes) {
    String output = freshName(type);
    node(type, inputs, List.of(output), attributes);
    return output;
  }

  /** Adds a standard node with named outputs; an empty input is one left out. */
  public void node(
      String type, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
    node(Domains.STANDARD, type, inputs, outputs, attributes);
  }

  /** Adds a node of {@code ai.onnx.ml} with one output; {@return the output} */
  public String mlNode(String type, List<String> inputs, AttributeProto... attributes) {
    String output = freshName(type);
    mlNode(type, inputs, List.of(output), attributes);
    return output;
  }

  /** Adds a node of {@code ai.onnx.ml} with named outputs. */
  public void mlNode(
      String type, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
    node(Domains.ML, type, inputs, outputs, attributes);
  }

  /** Adds a node of any domain. Its opset import is added if it is one we know. */
  public void node(
      String domain,
      String type,
      List<String> inputs,
      List<String> outputs,
      AttributeProto... attributes) {
    importDefault(Domains.canonical(domain));
    graph.addNode(
        NodeProto.newBuilder()
            .setName(outputs.getFirst() + "/" + type)
            .setDomain(Domains.canonical(domain))
            .setOpType(type)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(List.of(attributes)));
  }

  /** {@return a value name that starts with {@code stem} and was not returned before} */
  public String freshName(String stem) {
    made++;
    return stem + "_" + made;
  }

  /**
   * {@return the model}
   *
   * @throws OnnxException naming every broken rule: unknown inputs, names given twice, outputs that
   *     nothing computes, domains without an opset
   */
  public OnnxModel build() {
    model.clearOpsetImport().setGraph(graph);
    opsets.forEach((domain, version) ->
        model.addOpsetImport(
            OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version)));
    ModelProto draft = model.build();
    OnnxModel built =
        OnnxModel.of(draft.toBuilder().setIrVersion(IrVersions.lowestFor(draft)).build());
    GraphRules.require(built);
    return built;
  }

  private void importDefault(String domain) {
    switch (domain) {
      case Domains.ML -> opsets.putIfAbsent(domain, DEFAULT_ML_OPSET);
      case Domains.MICROSOFT -> opsets.putIfAbsent(domain, 1L);
      default -> {
        // The standard domain is always there; others must be named by the caller.
      }
    }
  }
}
