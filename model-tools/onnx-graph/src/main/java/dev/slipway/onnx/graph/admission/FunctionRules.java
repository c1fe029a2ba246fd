package dev.slipway.onnx.graph.admission;

import dev.slipway.onnx.graph.Domains;
import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.proto.FunctionProto;
import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.NodeProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Model-local functions: each once, none that calls itself, and not more nodes than the limit when
 * every call is written out. (Thirty functions that each call the one before twice are a billion
 * nodes.)
 */
final class FunctionRules {
  private final OnnxModel model;
  private final AdmissionLimits limits;
  private final Findings findings;
  private final Map<String, FunctionProto> functions = new HashMap<>();
  private final Map<String, Long> sizes = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  FunctionRules(OnnxModel model, AdmissionLimits limits, Findings findings) {
    this.model = model;
    this.limits = limits;
    this.findings = findings;
    for (FunctionProto function : model.proto().getFunctionsList()) {
      String key = key(function.getDomain(), function.getName(), function.getOverload());
      if (functions.put(key, function) != null) {
        findings.add(
            Refusal.Code.ADMISSION_FUNCTION, "function %s is there twice", Findings.quote(key));
      }
    }
  }

  boolean defines(Node node) {
    return functions.containsKey(key(node.proto()));
  }

  void run() {
    long nodes = size(model.graph().getNodeList());
    functions.keySet().forEach(this::size);
    if (nodes > limits.maxNodes()) {
      findings.add(
          Refusal.Code.ADMISSION_BOMB,
          "with all functions written out the model has more than the allowed %d nodes",
          limits.maxNodes());
    }
  }

  private long size(List<NodeProto> nodes) {
    long size = 0;
    for (NodeProto node : nodes) {
      size += functions.containsKey(key(node)) ? size(key(node)) : 1;
      for (GraphProto graph : new Node(node).subgraphs()) {
        size += size(graph.getNodeList());
      }
      size = Math.min(size, limits.maxNodes() + 1);
    }
    return size;
  }

  private long size(String key) {
    Long known = sizes.get(key);
    FunctionProto function = functions.get(key);
    if (known != null || function == null) {
      return known == null ? 1 : known;
    }
    if (!open.add(key) || open.size() > 100) {
      findings.add(
          Refusal.Code.ADMISSION_FUNCTION,
          "function %s calls itself, or calls are nested more than 100 deep",
          Findings.quote(key));
      return 1;
    }
    long size = size(function.getNodeList());
    open.remove(key);
    sizes.put(key, size);
    return size;
  }

  private static String key(NodeProto node) {
    return key(node.getDomain(), node.getOpType(), node.getOverload());
  }

  private static String key(String domain, String name, String overload) {
    return Domains.canonical(domain) + ":" + name + (overload.isEmpty() ? "" : ":" + overload);
  }
}
