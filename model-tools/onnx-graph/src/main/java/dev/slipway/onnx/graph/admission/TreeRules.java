package dev.slipway.onnx.graph.admission;

import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.proto.AttributeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lists of a tree ensemble must be equally long and must describe trees: the runtime follows
 * child numbers without looking, so a node that is its own child would never end. Lists: {@code
 * TreeEnsembleClassifier}, {@code TreeEnsembleRegressor} and {@code TreeEnsemble} of ai.onnx.ml.
 */
final class TreeRules {
  private final Node node;
  private final Findings findings;

  private TreeRules(Node node, Findings findings) {
    this.node = node;
    this.findings = findings;
  }

  static void check(Node node, Findings findings) {
    if (!node.domain().equals(dev.slipway.onnx.graph.Domains.ML)) {
      return;
    }
    TreeRules rules = new TreeRules(node, findings);
    switch (node.type()) {
      case "TreeEnsembleClassifier" -> rules.checkListed("class");
      case "TreeEnsembleRegressor" -> rules.checkListed("target");
      case "TreeEnsemble" -> rules.checkRooted();
      default -> {
        // No trees.
      }
    }
  }

  private void checkListed(String kind) {
    List<Long> trees = node.intsAttribute("nodes_treeids");
    List<Long> ids = node.intsAttribute("nodes_nodeids");
    List<Long> yes = node.intsAttribute("nodes_truenodeids");
    List<Long> no = node.intsAttribute("nodes_falsenodeids");
    List<String> modes = strings("nodes_modes");
    int count = ids.size();
    boolean fits =
        sized("nodes_treeids", count)
            && sized("nodes_truenodeids", count)
            && sized("nodes_falsenodeids", count)
            && sized("nodes_modes", count)
            && sized("nodes_featureids", count)
            && (size("nodes_values_as_tensor") > 0 || sized("nodes_values", count));
    int leaves = size(kind + "_treeids");
    fits = fits && sized(kind + "_nodeids", leaves) && sized(kind + "_ids", leaves);
    if (!fits) {
      return;
    }
    Map<List<Long>, Integer> places = new HashMap<>();
    for (int i = 0; i < count; i++) {
      if (places.put(List.of(trees.get(i), ids.get(i)), i) != null) {
        bad("node %d of tree %d is there twice", ids.get(i), trees.get(i));
        return;
      }
    }
    boolean[] child = new boolean[count];
    int[][] children = new int[count][];
    for (int i = 0; i < count; i++) {
      children[i] = new int[0];
      if (!modes.get(i).equals("LEAF")) {
        Integer left = places.get(List.of(trees.get(i), yes.get(i)));
        Integer right = places.get(List.of(trees.get(i), no.get(i)));
        if (left == null || right == null) {
          bad("node %d of tree %d has a child that does not exist", ids.get(i), trees.get(i));
          return;
        }
        children[i] = left.equals(right) ? new int[] {left} : new int[] {left, right};
      }
    }
    checkTree(children, child);
    if (node.intsAttribute("nodes_featureids").stream().anyMatch(f -> f < 0)) {
      bad("a node tests a negative feature number");
    }
  }

  /** Each node at most once a child and at least one root each: then there is no cycle. */
  private void checkTree(int[][] children, boolean[] child) {
    for (int[] pair : children) {
      for (int next : pair) {
        if (child[next]) {
          bad("node at place %d is a child twice", next);
          return;
        }
        child[next] = true;
      }
    }
    boolean[] reached = new boolean[children.length];
    int[] stack = new int[children.length];
    int found = 0;
    for (int root = 0; root < children.length; root++) {
      int height = 0;
      if (!child[root]) {
        stack[height++] = root;
      }
      while (height > 0) {
        int at = stack[--height];
        reached[at] = true;
        found++;
        for (int next : children[at]) {
          stack[height++] = next;
        }
      }
    }
    if (found != children.length) {
      bad("%d nodes form a cycle", children.length - found);
    }
  }

  private void checkRooted() {
    List<Long> yes = node.intsAttribute("nodes_truenodeids");
    List<Long> no = node.intsAttribute("nodes_falsenodeids");
    List<Long> yesLeaf = node.intsAttribute("nodes_trueleafs");
    List<Long> noLeaf = node.intsAttribute("nodes_falseleafs");
    int count = yes.size();
    int leaves = size("leaf_targetids");
    boolean fits =
        sized("nodes_falsenodeids", count)
            && sized("nodes_trueleafs", count)
            && sized("nodes_falseleafs", count)
            && sized("nodes_featureids", count);
    if (!fits) {
      return;
    }
    int[][] children = new int[count][];
    for (int i = 0; i < count; i++) {
      boolean sound =
          inside(yes.get(i), yesLeaf.get(i) != 0 ? leaves : count)
              && inside(no.get(i), noLeaf.get(i) != 0 ? leaves : count);
      if (!sound) {
        bad("node %d has a child that does not exist", i);
        return;
      }
      children[i] =
          java.util.stream.IntStream.concat(
                  child(yes.get(i), yesLeaf.get(i)), child(no.get(i), noLeaf.get(i)))
              .distinct()
              .toArray();
    }
    if (node.intsAttribute("tree_roots").stream().anyMatch(root -> !inside(root, count))) {
      bad("a root does not exist");
      return;
    }
    checkTree(children, new boolean[count]);
  }

  private static java.util.stream.IntStream child(long id, long leaf) {
    return leaf != 0
        ? java.util.stream.IntStream.empty()
        : java.util.stream.IntStream.of(Math.toIntExact(id));
  }

  private static boolean inside(long id, int count) {
    return id >= 0 && id < count;
  }

  private boolean sized(String attribute, int expected) {
    int found = size(attribute);
    if (found != expected) {
      bad("%s has %d entries, expected %d", attribute, found, expected);
    }
    return found == expected;
  }

  private int size(String attribute) {
    return node.attribute(attribute)
        .map(a ->
            a.getIntsCount()
                + a.getFloatsCount()
                + a.getStringsCount()
                + (a.hasT() ? Math.max(1, a.getT().getDimsCount()) : 0))
        .orElse(0);
  }

  private List<String> strings(String attribute) {
    return node.attribute(attribute).map(AttributeProto::getStringsList).orElse(List.of()).stream()
        .map(com.google.protobuf.ByteString::toStringUtf8)
        .toList();
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be one more dependency
  private void bad(String message, Object... arguments) {
    findings.add(
        Refusal.Code.ADMISSION_TREE,
        "tree ensemble %s: %s",
        Findings.quote(node.label()),
        message.formatted(arguments));
  }
}
