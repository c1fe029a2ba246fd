package dev.slipway.onnx.graph;

import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.NodeProto;
import dev.slipway.onnx.proto.TensorProto;
import dev.slipway.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The structural rules of the ONNX IR (docs/IR.md): every value has one definition, is defined
 * before it is used (which also excludes cycles), every output is computed, every domain is
 * imported. Holds for subgraphs too, which see the names of the graphs around them.
 */
public final class GraphRules {
  private final OnnxModel model;
  private final List<String> problems = new ArrayList<>();

  private GraphRules(OnnxModel model) {
    this.model = model;
  }

  /** {@return every broken rule in words, empty if the graph is sound} */
  public static List<String> check(OnnxModel model) {
    GraphRules rules = new GraphRules(model);
    rules.checkGraph(model.graph(), new Scope(Optional.empty(), new HashSet<>()));
    return List.copyOf(rules.problems);
  }

  /** Refuses a model that breaks a rule, naming all of them. */
  public static void require(OnnxModel model) {
    List<String> problems = check(model);
    if (!problems.isEmpty()) {
      throw new OnnxException(
          OnnxException.Code.ONNX_GRAPH_INVALID,
          "graph '%s' breaks %d rules: %s"
              .formatted(model.graph().getName(), problems.size(), String.join("; ", problems)));
    }
  }

  /** The names that a graph may read; a subgraph's scope lies in that of the graph around it. */
  private record Scope(Optional<Scope> outer, Set<String> names) {
    boolean contains(String name) {
      return names.contains(name) || outer.filter(scope -> scope.contains(name)).isPresent();
    }

    void add(String name) {
      names.add(name);
    }

    Scope inner() {
      return new Scope(Optional.of(this), new HashSet<>());
    }
  }

  private void checkGraph(GraphProto graph, Scope known) {
    Set<String> own = new HashSet<>();
    for (ValueInfoProto input : graph.getInputList()) {
      define(input.getName(), "input", own, known);
    }
    Set<String> constants = new HashSet<>();
    for (TensorProto tensor : graph.getInitializerList()) {
      // An initializer may repeat the name of an input: it is then the input's default.
      if (tensor.getName().isEmpty()) {
        problems.add("an initializer has no name");
      } else if (!constants.add(tensor.getName())) {
        problems.add("initializer '" + tensor.getName() + "' is there twice");
      }
      own.add(tensor.getName());
      known.add(tensor.getName());
    }
    for (var sparse : graph.getSparseInitializerList()) {
      define(sparse.getValues().getName(), "sparse initializer", own, known);
    }
    for (NodeProto node : graph.getNodeList()) {
      checkNode(new Node(node), own, known);
    }
    for (ValueInfoProto output : graph.getOutputList()) {
      if (!known.contains(output.getName())) {
        problems.add("output '" + output.getName() + "' is computed by no node");
      }
    }
  }

  private void checkNode(Node node, Set<String> own, Scope known) {
    if (node.type().isEmpty()) {
      problems.add("node '" + node.label() + "' has no operator type");
    }
    if (model.opset(node.domain()).isEmpty()) {
      problems.add(
          "node '%s' uses domain '%s', which opset_import does not name"
              .formatted(node.label(), node.domain()));
    }
    for (String input : node.inputs()) {
      if (!input.isEmpty() && !known.contains(input)) {
        problems.add(
            "node '%s' reads '%s', which nothing before it defines".formatted(node.label(), input));
      }
    }
    node.subgraphs().forEach(subgraph -> checkGraph(subgraph, known.inner()));
    for (String output : node.outputs()) {
      if (!output.isEmpty()) {
        define(output, "value", own, known);
      }
    }
  }

  private void define(String name, String kind, Set<String> own, Scope known) {
    if (name.isEmpty()) {
      problems.add("an " + kind + " has no name");
    } else if (!own.add(name)) {
      problems.add(kind + " '" + name + "' is defined twice");
    }
    known.add(name);
  }
}
