package dev.slipway.cli.quantize;

import dev.slipway.cli.Refusal;
import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.OnnxModel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Turns names and types of nodes into the names of those that stay in float. */
final class NodeChoice {
  private static final int MOST_SHOWN = 12;

  private NodeChoice() {}

  static Set<String> leftInFloat(OnnxModel model, Set<String> excluded, Set<String> included) {
    if (!excluded.isEmpty() && !included.isEmpty()) {
      throw new Refusal(
          "OPTIONS_CONFLICT", "--exclude and --include are given both; expected one of them");
    }
    boolean keepsNamed = included.isEmpty();
    Set<String> wanted = keepsNamed ? excluded : included;
    if (wanted.isEmpty()) {
      return Set.of();
    }
    Set<String> unknown = new TreeSet<>(wanted);
    Set<String> left = new HashSet<>();
    for (Node node : model.nodes()) {
      unknown.remove(node.label());
      unknown.remove(node.type());
      if (isNamed(node, wanted) == keepsNamed) {
        left.add(node.label());
      }
    }
    if (!unknown.isEmpty()) {
      List<String> types = model.nodes().stream().map(Node::type).distinct().sorted().toList();
      throw new Refusal(
          "NODE_UNKNOWN",
          "%s: no node has this name or type; its types are %s"
              .formatted(unknown, types.subList(0, Math.min(MOST_SHOWN, types.size()))));
    }
    return left;
  }

  private static boolean isNamed(Node node, Set<String> wanted) {
    return wanted.contains(node.label()) || wanted.contains(node.type());
  }
}
