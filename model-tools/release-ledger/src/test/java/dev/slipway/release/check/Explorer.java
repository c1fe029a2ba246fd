package dev.slipway.release.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Visits every state in the order of distance, so that the first violation has a shortest trace.
 */
final class Explorer {
  /**
   * What was found.
   *
   * @param states distinct states, up to 64-bit fingerprints
   * @param transitions steps tried
   * @param depth greatest distance from the start
   * @param complete whether no state was left unvisited
   * @param violation the broken invariant
   * @param trace the steps to it
   */
  record Result(
      long states,
      long transitions,
      int depth,
      boolean complete,
      Optional<String> violation,
      List<String> trace) {}

  private record Node(State state, Optional<Node> parent, String step, int depth) {}

  private final Protocol protocol;
  private final long limit;
  private final LongSet seen = new LongSet();
  private final ArrayDeque<Node> queue = new ArrayDeque<>();
  private Optional<Node> bad = Optional.empty();
  private String why = "";
  private long states;
  private long transitions;
  private int depth;

  Explorer(Protocol protocol, long limit) {
    this.protocol = protocol;
    this.limit = limit;
  }

  Result explore(State start) {
    seen.add(start.fingerprint());
    states = 1;
    queue.add(new Node(start, Optional.empty(), "start", 0));
    while (!queue.isEmpty() && bad.isEmpty() && states < limit) {
      Node node = queue.remove();
      depth = Math.max(depth, node.depth());
      protocol.successors(node.state(), (step, next) -> visit(node, step, next));
    }
    return new Result(
        states,
        transitions,
        depth,
        queue.isEmpty(),
        bad.map(node -> why),
        bad.map(Explorer::trace).orElse(List.of()));
  }

  private void visit(Node from, String step, State next) {
    transitions++;
    if (bad.isPresent()) {
      return;
    }
    Node node = new Node(next, Optional.of(from), step, from.depth() + 1);
    Invariants.broken(from.state(), next)
        .ifPresent(broken -> {
          bad = Optional.of(node);
          why = broken;
        });
    if (seen.add(next.fingerprint())) {
      states++;
      queue.add(node);
    }
  }

  private static List<String> trace(Node end) {
    List<String> steps = new ArrayList<>();
    Optional<Node> node = Optional.of(end);
    while (node.isPresent()) {
      steps.add(node.get().step());
      node = node.get().parent();
    }
    Collections.reverse(steps);
    return steps;
  }
}
