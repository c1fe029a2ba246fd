package dev.slipway.onnx.graph;

import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.NodeProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which node reads what, and an order in which each comes after those it reads from. */
final class NodeOrder {
  private final List<NodeProto> nodes;

  private NodeOrder(List<NodeProto> nodes) {
    this.nodes = nodes;
  }

  /** {@return the values a node reads, those of its subgraphs from outside included} */
  static Set<String> reads(NodeProto node) {
    Set<String> reads = new LinkedHashSet<>(node.getInputList());
    reads.remove("");
    for (GraphProto subgraph : new Node(node).subgraphs()) {
      Set<String> inner = new LinkedHashSet<>();
      Set<String> defined = new HashSet<>();
      subgraph.getInputList().forEach(input -> defined.add(input.getName()));
      subgraph.getInitializerList().forEach(tensor -> defined.add(tensor.getName()));
      for (NodeProto child : subgraph.getNodeList()) {
        inner.addAll(reads(child));
        defined.addAll(child.getOutputList());
      }
      subgraph.getOutputList().forEach(output -> inner.add(output.getName()));
      inner.removeAll(defined);
      reads.addAll(inner);
    }
    return reads;
  }

  /** {@return the nodes, makers before readers, in their present order wherever that is allowed} */
  static List<NodeProto> sorted(List<NodeProto> nodes) {
    return new NodeOrder(nodes).sort();
  }

  private List<NodeProto> sort() {
    Map<String, Integer> producers = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (String output : nodes.get(i).getOutputList()) {
        producers.put(output, i);
      }
    }
    List<NodeProto> sorted = new ArrayList<>();
    boolean[] done = new boolean[nodes.size()];
    boolean[] open = new boolean[nodes.size()];
    for (int i = 0; i < nodes.size(); i++) {
      visit(i, producers, done, open, sorted);
    }
    return sorted;
  }

  private void visit(
      int root,
      Map<String, Integer> producers,
      boolean[] done,
      boolean[] open,
      List<NodeProto> sorted) {
    Deque<Integer> stack = new ArrayDeque<>(List.of(root));
    while (!stack.isEmpty()) {
      int index = stack.peek();
      Optional<Integer> next = done[index] ? Optional.empty() : missing(index, producers, done);
      if (next.isPresent() && !open[next.get()]) {
        open[index] = true;
        stack.push(next.get());
        continue;
      }
      stack.pop();
      if (!done[index]) {
        // A cycle ends here too; the rules refuse it afterwards with its names.
        done[index] = true;
        sorted.add(nodes.get(index));
      }
    }
  }

  private Optional<Integer> missing(int index, Map<String, Integer> producers, boolean[] done) {
    for (String read : reads(nodes.get(index))) {
      Integer producer = producers.get(read);
      if (producer != null && producer != index && !done[producer]) {
        return Optional.of(producer);
      }
    }
    return Optional.empty();
  }
}
