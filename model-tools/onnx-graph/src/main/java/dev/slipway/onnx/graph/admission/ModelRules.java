package dev.slipway.onnx.graph.admission;

import dev.slipway.onnx.graph.Domains;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphRules;
import dev.slipway.onnx.graph.IrVersions;
import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.OnnxException;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.proto.AttributeProto;
import dev.slipway.onnx.proto.FunctionProto;
import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.NodeProto;
import dev.slipway.onnx.proto.OperatorSetIdProto;
import dev.slipway.onnx.proto.ValueInfoProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules of a parsed model, in the order in which their answers can be relied on. */
final class ModelRules {
  private static final Operators OPERATORS = Operators.load();

  private final OnnxModel model;
  private final Findings findings;
  private final TensorRules tensors;
  private final AttributeRules attributes;
  private final FunctionRules functions;
  private final AdmissionLimits limits;

  ModelRules(OnnxModel model, AdmissionLimits limits, Findings findings) {
    this.model = model;
    this.limits = limits;
    this.findings = findings;
    this.tensors = new TensorRules(limits, findings);
    this.attributes = new AttributeRules(findings);
    this.functions = new FunctionRules(model, limits, findings);
  }

  void run() {
    versions();
    functions.run();
    Map<String, Long> opsets = opsets(model.proto().getOpsetImportList());
    graph(model.graph(), opsets, false);
    for (FunctionProto function : model.proto().getFunctionsList()) {
      Map<String, Long> own = opsets(function.getOpsetImportList());
      function.getNodeList().forEach(node -> node(new Node(node), own, true));
    }
    GraphRules.check(model).stream()
        .limit(Findings.MOST)
        .forEach(
            problem -> findings.add(Refusal.Code.ADMISSION_GRAPH, "%s", Findings.quote(problem)));
    signature("input", model.graph().getInputList());
    signature("output", model.graph().getOutputList());
    if (findings.isEmpty()) {
      // Only a sound graph can be reckoned with.
      new StaticSizes(limits, findings).check(model.graph());
    }
  }

  private void versions() {
    if (model.proto().getTrainingInfoCount() > 0) {
      findings.add(
          Refusal.Code.ADMISSION_OPERATOR, "the model holds training graphs; export it to serve");
    }
    try {
      IrVersions.lowestFor(model.proto());
    } catch (OnnxException e) {
      findings.add(Refusal.Code.ADMISSION_VERSION, "%s", String.valueOf(e.getMessage()));
    }
    if (model.proto().getIrVersion() > IrVersions.NEWEST_WRITTEN) {
      findings.add(
          Refusal.Code.ADMISSION_VERSION,
          "IR version %d, expected at most %d; export it with an older onnx package",
          model.proto().getIrVersion(),
          IrVersions.NEWEST_WRITTEN);
    }
  }

  private Map<String, Long> opsets(List<OperatorSetIdProto> imports) {
    Map<String, Long> opsets = new HashMap<>();
    for (OperatorSetIdProto opset : imports) {
      String domain = Domains.canonical(opset.getDomain());
      if (opsets.put(domain, opset.getVersion()) != null) {
        findings.add(
            Refusal.Code.ADMISSION_VERSION,
            "domain %s is imported twice",
            Findings.quote(opset.getDomain()));
      }
      if (opset.getVersion() < 1) {
        findings.add(
            Refusal.Code.ADMISSION_VERSION,
            "operator set %d of domain %s does not exist",
            opset.getVersion(),
            Findings.quote(opset.getDomain()));
      }
    }
    return opsets;
  }

  private void graph(GraphProto graph, Map<String, Long> opsets, boolean inFunction) {
    graph.getInitializerList().forEach(tensors::check);
    graph.getSparseInitializerList().forEach(tensors::check);
    graph.getNodeList().forEach(node -> node(new Node(node), opsets, inFunction));
  }

  private void node(Node node, Map<String, Long> opsets, boolean inFunction) {
    NodeProto proto = node.proto();
    long opset = opsets.getOrDefault(node.domain(), 0L);
    if (!functions.defines(node) && !OPERATORS.allows(node.domain(), node.type(), opset)) {
      findings.add(
          Refusal.Code.ADMISSION_OPERATOR,
          "node %s uses %s of domain %s, operator set %d, which is not on the list; export it with"
              + " standard operators",
          Findings.quote(node.label()),
          Findings.quote(node.type()),
          Findings.quote(node.domain()),
          opset);
    }
    attributes.check(node, inFunction);
    for (AttributeProto attribute : proto.getAttributeList()) {
      if (attribute.hasT()) {
        tensors.check(attribute.getT());
      }
      if (attribute.hasSparseTensor()) {
        tensors.check(attribute.getSparseTensor());
      }
      attribute.getTensorsList().forEach(tensors::check);
      attribute.getSparseTensorsList().forEach(tensors::check);
    }
    TreeRules.check(node, findings);
    node.subgraphs().forEach(graph -> graph(graph, opsets, inFunction));
  }

  private void signature(String kind, List<ValueInfoProto> values) {
    if (values.isEmpty()) {
      findings.add(Refusal.Code.ADMISSION_SIGNATURE, "the graph has no %s", kind);
    }
    for (ValueInfoProto value : values) {
      Optional<ElementType> type =
          ElementType.ofNumber(value.getType().getTensorType().getElemType());
      if (type.isEmpty()) {
        findings.add(
            Refusal.Code.ADMISSION_SIGNATURE,
            "%s %s is no tensor of numbers, truth values or strings; for scikit-learn export with"
                + " zipmap off",
            kind,
            Findings.quote(value.getName()));
      } else if (!isServed(type.get())) {
        findings.add(
            Refusal.Code.ADMISSION_SIGNATURE,
            "%s %s has the element type %s, which no request can carry; cast inside the model",
            kind,
            Findings.quote(value.getName()),
            type.get());
      }
      boolean negative =
          value.getType().getTensorType().getShape().getDimList().stream()
              .anyMatch(dim -> dim.hasDimValue() && dim.getDimValue() < -1);
      if (negative) {
        findings.add(
            Refusal.Code.ADMISSION_SIGNATURE,
            "%s %s has a negative dimension",
            kind,
            Findings.quote(value.getName()));
      }
    }
  }

  private static boolean isServed(ElementType type) {
    return switch (type) {
      case FLOAT, DOUBLE, FLOAT16, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 -> true;
      case BOOL, STRING -> true;
      default -> false;
    };
  }
}
