package dev.slipway.release.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Visits every state in the order of distance, so that the first violation has a shortest trace.
 * Visited states are remembered by 64-bit fingerprints.
 */
final class Explorer {
  /**
   * What was found.
   *
   * @param states distinct states, up to 64-bit fingerprints
   * @param transitions steps tried
   * @param depth greatest distance from the start
   * @param complete whether no state was left unvisited
   * @param wedged states from which no good end was reached
   * @param seconds wall time
   * @param violation the broken invariant
   * @param trace the steps to it, or to the first wedged state
   */
  record Result(
      long states,
      long transitions,
      int depth,
      boolean complete,
      long wedged,
      double seconds,
      Optional<String> violation,
      List<String> trace) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,d states, %,d transitions, depth %d, %s (64-bit hash compaction, expected omitted %.1e),"
              + " %s, %d wedged, %.0f s",
          states,
          transitions,
          depth,
          complete ? "to the end" : "cut",
          // Pairs of states with one fingerprint, n²/2^65: each hides at most one state.
          (double) states * states / Math.pow(2, 65),
          violation.orElse("0 violations"),
          wedged,
          seconds);
    }

    /** {@return the trace, one numbered step a line} */
    String story() {
      StringBuilder story =
          new StringBuilder(violation.orElse("wedged: no good end can be reached"));
      for (int i = 1; i < trace.size(); i++) {
        story.append("\n").append(String.format(Locale.ROOT, "%4d  %s", i, trace.get(i)));
      }
      return story.toString();
    }
  }

  /** A longer search keeps its frontier only, and tells a violation without its trace. */
  private static final long TRACEABLE = 20_000_000;

  private final Protocol protocol;
  private final long limit;
  private final States states;
  private final Optional<Drive> drive;
  private final LongSet seen = new LongSet();
  private final long[] words = new long[State.WORDS];
  private long transitions;
  private long wedged;
  private Optional<String> violation = Optional.empty();
  private List<String> trace = List.of();

  /**
   * A search.
   *
   * @param protocol what may happen
   * @param limit distinct states after which it is cut
   * @param thorough whether every state is also driven to a good end
   */
  Explorer(Protocol protocol, long limit, boolean thorough) {
    this.protocol = protocol;
    this.limit = limit;
    this.states = new States(limit > TRACEABLE);
    this.drive = thorough ? Optional.of(new Drive(protocol)) : Optional.empty();
  }

  Result explore(State start) {
    long from = System.nanoTime();
    int depth = 0;
    visit(start, -1);
    int level = states.size();
    while (!states.isEmpty() && violation.isEmpty() && states.size() < limit) {
      if (states.next() == level) {
        level = states.size();
        depth++;
      }
      int number = states.next();
      State state = states.take();
      if (drive.filter(found -> !found.endsWell(state)).isPresent() && wedged++ == 0) {
        trace = trace(number);
      }
      protocol.successors(
          state,
          (who, what, detail, next) -> {
            transitions++;
            visit(next, number);
          });
    }
    return new Result(
        states.size(),
        transitions,
        depth,
        states.isEmpty(),
        wedged,
        (System.nanoTime() - from) / 1e9,
        violation,
        trace);
  }

  private void visit(State next, int from) {
    next.pack(words, 0);
    if (violation.isPresent() || !seen.add(State.fingerprint(words, 0))) {
      return;
    }
    violation = protocol.broken(next);
    states.add(words, from);
    if (violation.isPresent()) {
      trace = trace(states.size() - 1);
    }
  }

  /** Tells the way again from the start, so that each worker keeps its number. */
  private List<String> trace(int end) {
    if (states.isForgetful()) {
      return List.of();
    }
    List<State> way = new ArrayList<>();
    for (int number = end; number >= 0; number = states.parent(number)) {
      way.add(states.get(number));
    }
    Collections.reverse(way);
    List<String> steps = new ArrayList<>(List.of("start"));
    State[] here = {way.getFirst()};
    way.stream().skip(1).forEach(wanted -> here[0] = step(here[0], wanted, steps));
    return steps;
  }

  private State step(State before, State after, List<String> steps) {
    long[] wanted = new long[State.WORDS];
    after.pack(wanted, 0);
    long[] found = new long[State.WORDS];
    List<State> same = new ArrayList<>();
    protocol.successors(
        before,
        (who, what, detail, next) -> {
          next.pack(found, 0);
          if (same.isEmpty() && Arrays.equals(wanted, found)) {
            steps.add(name(who, what, detail));
            same.add(next);
          }
        });
    return same.getFirst();
  }

  private String name(int who, String what, int detail) {
    String subject = who == 0 ? "" : "worker " + who + " ";
    return subject + what + (detail < 0 ? "" : protocol.detail(what, detail));
  }
}
