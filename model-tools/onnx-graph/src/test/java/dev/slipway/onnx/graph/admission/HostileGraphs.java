package dev.slipway.onnx.graph.admission;

import static dev.slipway.onnx.graph.admission.Hostile.function;
import static dev.slipway.onnx.graph.admission.Hostile.graph;
import static dev.slipway.onnx.graph.admission.Hostile.model;
import static dev.slipway.onnx.graph.admission.Hostile.nested;
import static dev.slipway.onnx.graph.admission.Hostile.node;
import static dev.slipway.onnx.graph.admission.Hostile.raw;
import static dev.slipway.onnx.graph.admission.Hostile.trees;
import static dev.slipway.onnx.graph.admission.Hostile.value;
import static dev.slipway.onnx.graph.admission.Hostile.with;

import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.admission.Refusal.Code;
import dev.slipway.onnx.proto.AttributeProto;
import dev.slipway.onnx.proto.FunctionProto;
import dev.slipway.onnx.proto.OperatorSetIdProto;
import dev.slipway.onnx.proto.TypeProto;
import java.util.List;

/** Models whose graph, attributes, functions, trees or signature break the rules. */
final class HostileGraphs {
  private final HostileCorpus cases;

  private HostileGraphs(HostileCorpus cases) {
    this.cases = cases;
  }

  static void addTo(HostileCorpus cases) {
    HostileGraphs corpus = new HostileGraphs(cases);
    corpus.operators();
    corpus.graphs();
    corpus.attributes();
    corpus.functions();
    corpus.treeEnsembles();
    corpus.signatures();
  }

  private void operators() {
    cases.add(
        "unknown operator",
        Code.ADMISSION_OPERATOR,
        with(node("SystemCall", List.of("x"), List.of("z"))));
    cases.add(
        "custom domain",
        Code.ADMISSION_OPERATOR,
        model(model -> {
          model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("evil").setVersion(1));
          model.getGraphBuilder().addNode(function("Run", "evil").toBuilder().setInput(0, "x"));
        }));
    cases.add(
        "EPContext",
        Code.ADMISSION_OPERATOR,
        model(model -> {
          model.addOpsetImport(
              OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1));
          model
              .getGraphBuilder()
              .addNode(function("EPContext", "com.microsoft").toBuilder().setInput(0, "x"));
        }));
    cases.add(
        "ImageDecoder",
        Code.ADMISSION_OPERATOR,
        model(model -> {
          model.getOpsetImportBuilder(0).setVersion(20);
          model.getGraphBuilder().addNode(node("ImageDecoder", List.of("x"), List.of("z")));
        }));
    cases.add(
        "operator newer than the opset",
        Code.ADMISSION_OPERATOR,
        with(node("RMSNormalization", List.of("x"), List.of("z"))));
    cases.add(
        "operator gone",
        Code.ADMISSION_OPERATOR,
        with(node("Upsample", List.of("x"), List.of("z"))));
    cases.add(
        "empty operator", Code.ADMISSION_OPERATOR, with(node("", List.of("x"), List.of("z"))));
  }

  private void graphs() {
    cases.add(
        "cycle",
        Code.ADMISSION_GRAPH,
        graph(graph ->
            graph
                .addNode(node("Add", List.of("x", "b"), List.of("a")))
                .addNode(node("Add", List.of("x", "a"), List.of("b")))));
    cases.add(
        "reads itself", Code.ADMISSION_GRAPH, with(node("Add", List.of("x", "z"), List.of("z"))));
    cases.add("value twice", Code.ADMISSION_GRAPH, with(node("Relu", List.of("x"), List.of("y"))));
    cases.add(
        "output twice in one node",
        Code.ADMISSION_GRAPH,
        with(node("Split", List.of("x"), List.of("z", "z"))));
    cases.add(
        "input twice", Code.ADMISSION_GRAPH, graph(graph -> graph.addInput(value("x", 1, 2))));
    cases.add(
        "initializer twice",
        Code.ADMISSION_GRAPH,
        graph(graph -> graph.addInitializer(raw("w", 1, 4, 1)).addInitializer(raw("w", 1, 4, 1))));
    cases.add(
        "initializer without a name",
        Code.ADMISSION_GRAPH,
        graph(graph -> graph.addInitializer(raw("", 1, 4, 1))));
    cases.add(
        "reads nothing", Code.ADMISSION_GRAPH, with(node("Relu", List.of("q"), List.of("z"))));
    cases.add(
        "output of nobody",
        Code.ADMISSION_GRAPH,
        graph(graph -> graph.addOutput(value("ghost", 1, 2))));
    cases.add(
        "deep subgraphs",
        Code.ADMISSION_TOO_DEEP,
        graph(graph -> graph.addAllNode(nested(20).getNodeList())));
    cases.add(
        "very deep subgraphs",
        Code.ADMISSION_TOO_DEEP,
        graph(graph -> graph.addAllNode(nested(400).getNodeList())));
  }

  private void attributes() {
    AttributeProto alpha = Attributes.of("alpha", 1f);
    cases.add(
        "attribute twice",
        Code.ADMISSION_ATTRIBUTE,
        with(node("LeakyRelu", List.of("x"), List.of("z"), alpha, alpha)));
    cases.add(
        "attribute of two types",
        Code.ADMISSION_ATTRIBUTE,
        with(node("LeakyRelu", List.of("x"), List.of("z"), alpha.toBuilder().setI(3).build())));
    cases.add(
        "attribute without a type",
        Code.ADMISSION_ATTRIBUTE,
        with(node("LeakyRelu", List.of("x"), List.of("z"), alpha.toBuilder().clearType().build())));
    cases.add(
        "attribute of no value",
        Code.ADMISSION_ATTRIBUTE,
        with(
            node(
                "Constant",
                List.of(),
                List.of("z"),
                alpha.toBuilder()
                    .clearF()
                    .setName("value")
                    .setType(AttributeProto.AttributeType.TENSOR)
                    .build())));
    cases.add(
        "attribute by reference",
        Code.ADMISSION_ATTRIBUTE,
        with(
            node(
                "LeakyRelu",
                List.of("x"),
                List.of("z"),
                alpha.toBuilder().setRefAttrName("outer").build())));
  }

  private void functions() {
    cases.add("functions doubling", Code.ADMISSION_BOMB, Hostile.doublingFunctions(40));
    cases.add("function calls itself", Code.ADMISSION_FUNCTION, recursive("f0"));
    cases.add("functions call each other", Code.ADMISSION_FUNCTION, recursive("f1"));
    cases.add(
        "function twice",
        Code.ADMISSION_FUNCTION,
        model(model -> {
          FunctionProto f = FunctionProto.newBuilder().setName("f").setDomain("f").build();
          model.addFunctions(f).addFunctions(f);
        }));
    cases.add(
        "function with a foreign operator",
        Code.ADMISSION_OPERATOR,
        model(model ->
            model.addFunctions(
                FunctionProto.newBuilder()
                    .setName("f")
                    .setDomain("f")
                    .addNode(function("Run", "evil")))));
  }

  private void treeEnsembles() {
    List<String> modes = List.of("BRANCH_LT", "LEAF", "LEAF");
    cases.add(
        "tree is its own child",
        Code.ADMISSION_TREE,
        with(trees(List.of(0L, 0L, 0L), List.of(2L, 0L, 0L), modes, 0, 0, 0)));
    cases.add(
        "tree child missing",
        Code.ADMISSION_TREE,
        with(trees(List.of(1L, 0L, 0L), List.of(99L, 0L, 0L), modes, 0, 0, 0)));
    cases.add(
        "tree lists differ",
        Code.ADMISSION_TREE,
        with(trees(List.of(1L, 0L, 0L), List.of(2L, 0L, 0L), modes, 0)));
    cases.add(
        "tree cycle",
        Code.ADMISSION_TREE,
        with(
            trees(
                List.of(1L, 0L, 0L),
                List.of(2L, 0L, 0L),
                List.of("BRANCH_LT", "BRANCH_LT", "LEAF"),
                0,
                0,
                0)));
    cases.add(
        "tree modes missing",
        Code.ADMISSION_TREE,
        with(trees(List.of(1L, 0L, 0L), List.of(2L, 0L, 0L), List.of(), 0, 0, 0)));
  }

  private void signatures() {
    cases.add("no outputs", Code.ADMISSION_SIGNATURE, graph(graph -> graph.clearOutput()));
    cases.add("no inputs", Code.ADMISSION_SIGNATURE, graph(graph -> graph.clearInput()));
    cases.add(
        "sequence output",
        Code.ADMISSION_SIGNATURE,
        graph(graph ->
            graph
                .getOutputBuilder(0)
                .setType(
                    TypeProto.newBuilder()
                        .setSequenceType(TypeProto.Sequence.getDefaultInstance()))));
    cases.add(
        "output without a type",
        Code.ADMISSION_SIGNATURE,
        graph(graph -> graph.getOutputBuilder(0).clearType()));
    cases.add(
        "input negative",
        Code.ADMISSION_SIGNATURE,
        graph(graph -> graph.setInput(0, value("x", 1, -7))));
    cases.add(
        "input of unknown type",
        Code.ADMISSION_SIGNATURE,
        graph(graph -> graph.setInput(0, value("x", 99, 2))));
  }

  private static byte[] recursive(String callee) {
    return model(model -> {
      model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("f").setVersion(1));
      model.addFunctions(
          FunctionProto.newBuilder().setName("f0").setDomain("f").addNode(function(callee, "f")));
      model.addFunctions(
          FunctionProto.newBuilder().setName("f1").setDomain("f").addNode(function("f0", "f")));
    });
  }
}
