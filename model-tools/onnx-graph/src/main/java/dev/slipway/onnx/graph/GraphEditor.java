package dev.slipway.onnx.graph;

import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.ModelProto;
import dev.slipway.onnx.proto.NodeProto;
import dev.slipway.onnx.proto.OperatorSetIdProto;
import dev.slipway.onnx.proto.TensorProto;
import dev.slipway.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A main graph under change: nodes in order, constants and value types by name. Whoever is done
 * asks for {@link #toModel}, which sorts the nodes, drops constants nobody reads and checks the
 * rules. Not thread-safe.
 */
public final class GraphEditor {
  private final OnnxModel origin;
  private final List<NodeProto> nodes;
  private final Map<String, TensorProto> constants = new LinkedHashMap<>();
  private final Map<String, Long> opsets = new LinkedHashMap<>();
  private final Map<String, ValueType> types = new HashMap<>();
  private final Set<String> names = new HashSet<>();

  private GraphEditor(OnnxModel model) {
    origin = model;
    GraphProto graph = model.graph();
    nodes = new ArrayList<>(graph.getNodeList());
    graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    model
        .proto()
        .getOpsetImportList()
        .forEach(o -> opsets.put(Domains.canonical(o.getDomain()), o.getVersion()));
    rememberTypes(graph.getValueInfoList());
    rememberTypes(graph.getInputList());
    rememberTypes(graph.getOutputList());
    names.addAll(constants.keySet());
    names.addAll(types.keySet());
    graph.getInputList().forEach(input -> names.add(input.getName()));
    rememberNames(graph);
  }

  /** {@return an editor that starts with the model's main graph} */
  public static GraphEditor of(OnnxModel model) {
    return new GraphEditor(model);
  }

  private void rememberTypes(Collection<ValueInfoProto> values) {
    values.forEach(value -> ValueType.ofProto(value).ifPresent(t -> types.put(t.name(), t)));
  }

  private void rememberNames(GraphProto graph) {
    for (NodeProto node : graph.getNodeList()) {
      names.add(node.getName());
      names.addAll(node.getOutputList());
      new Node(node)
          .subgraphs()
          .forEach(sub -> {
            sub.getInputList().forEach(input -> names.add(input.getName()));
            sub.getInitializerList().forEach(tensor -> names.add(tensor.getName()));
            rememberNames(sub);
          });
    }
  }

  /** {@return the nodes in their present order, a copy} */
  public List<Node> nodes() {
    return nodes.stream().map(Node::new).toList();
  }

  /** {@return the constant of this name} */
  public Optional<TensorProto> constant(String name) {
    return Optional.ofNullable(constants.get(name));
  }

  /** {@return the constants by name, in order, a copy} */
  public Map<String, TensorProto> constants() {
    return new LinkedHashMap<>(constants);
  }

  /** {@return what is known of a value's type; constants included} */
  public Optional<ValueType> type(String value) {
    TensorProto constant = constants.get(value);
    if (constant != null) {
      return ElementType.ofNumber(constant.getDataType())
          .map(type -> ValueType.of(value, type, Shape.of(TensorReader.shape(constant))));
    }
    return Optional.ofNullable(types.get(value));
  }

  /** {@return whether the value is an output of the graph} */
  public boolean isGraphOutput(String value) {
    return origin.graph().getOutputList().stream().anyMatch(o -> o.getName().equals(value));
  }

  /** {@return whether the value is an input of the graph and no constant} */
  public boolean isGraphInput(String value) {
    return !constants.containsKey(value)
        && origin.graph().getInputList().stream().anyMatch(i -> i.getName().equals(value));
  }

  /** {@return the node that computes the value} */
  public Optional<Node> producer(String value) {
    return nodes.stream().filter(n -> n.getOutputList().contains(value)).findFirst().map(Node::new);
  }

  /** {@return by value the nodes that read it, subgraphs included, each once, in order} */
  public Map<String, List<Node>> consumers() {
    Map<String, List<Node>> consumers = new HashMap<>();
    for (NodeProto node : nodes) {
      for (String read : NodeOrder.reads(node)) {
        consumers.computeIfAbsent(read, _ -> new ArrayList<>()).add(new Node(node));
      }
    }
    return consumers;
  }

  /** {@return the version of a domain's operator set, 0 if it is not imported} */
  public long opset(String domain) {
    return opsets.getOrDefault(Domains.canonical(domain), 0L);
  }

  /** Imports an operator set if the domain is not imported yet. */
  public void importOpset(String domain, long version) {
    opsets.putIfAbsent(Domains.canonical(domain), version);
  }

  /**
   * {@return {@code stem}, or {@code stem_1}, {@code stem_2}… if it is taken; taken from now on}
   */
  public String freshName(String stem) {
    String name = stem;
    for (int i = 1; !names.add(name); i++) {
      name = stem + "_" + i;
    }
    return name;
  }

  /** Adds a constant or replaces the one of the same name; {@return its name} */
  public String putConstant(TensorProto tensor) {
    names.add(tensor.getName());
    constants.put(tensor.getName(), tensor);
    return tensor.getName();
  }

  /** Adds a node; where does not matter, {@link #toModel} sorts. */
  public void add(NodeProto node) {
    nodes.add(node);
  }

  /** Adds a standard node whose name is made from its first output. */
  public void add(String type, List<String> inputs, List<String> outputs) {
    add(Domains.STANDARD, type, inputs, outputs, List.of());
  }

  /** Adds a node whose name is made from its first output. */
  public void add(
      String domain,
      String type,
      List<String> inputs,
      List<String> outputs,
      List<dev.slipway.onnx.proto.AttributeProto> attributes) {
    nodes.add(
        NodeProto.newBuilder()
            .setName(freshName(outputs.getFirst() + "/" + type))
            .setDomain(domain)
            .setOpType(type)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(attributes)
            .build());
  }

  /** Takes a node out, the first one equal to it. */
  public void remove(Node node) {
    nodes.remove(node.proto());
  }

  /** Puts a node in another's place. */
  public void replace(Node old, NodeProto changed) {
    int index = nodes.indexOf(old.proto());
    if (index < 0) {
      throw new IllegalArgumentException("the graph has no node " + old.label());
    }
    nodes.set(index, changed);
  }

  /** Changes every node, those just added too. */
  public void replaceAll(UnaryOperator<NodeProto> change) {
    nodes.replaceAll(change);
  }

  /** {@return the edited model: sorted, without unread constants and without stale value types} */
  public OnnxModel toModel() {
    GraphProto.Builder graph = origin.graph().toBuilder();
    graph.clearNode().addAllNode(NodeOrder.sorted(nodes));
    graph.clearInitializer();
    Set<String> read = new HashSet<>();
    nodes.forEach(node -> read.addAll(NodeOrder.reads(node)));
    origin.graph().getOutputList().forEach(output -> read.add(output.getName()));
    constants.values().stream()
        .filter(tensor -> read.contains(tensor.getName()))
        .forEach(graph::addInitializer);
    // An input that was a constant's other name would have to be given once the constant is gone.
    Set<String> given = new HashSet<>(read);
    origin.graph().getInputList().forEach(input -> given.add(input.getName()));
    origin.graph().getInitializerList().stream()
        .map(TensorProto::getName)
        .filter(name -> !read.contains(name))
        .forEach(given::remove);
    graph.clearInput();
    origin.graph().getInputList().stream()
        .filter(input -> given.contains(input.getName()))
        .forEach(graph::addInput);
    graph.clearValueInfo();
    ModelProto.Builder model = origin.proto().toBuilder().setGraph(graph).clearOpsetImport();
    opsets.forEach((domain, version) ->
        model.addOpsetImport(
            OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version)));
    OnnxModel edited = OnnxModel.of(model.build());
    GraphRules.require(edited);
    return edited;
  }
}
