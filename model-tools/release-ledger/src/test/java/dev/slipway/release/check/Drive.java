package dev.slipway.release.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Shows that no state is wedged. From any state the faults stop: nothing more comes from outside,
 * nobody is killed, alarms and aliases are read as they are. Workers in the middle of a turn finish
 * it; then one worker takes turn after turn, by the same steps as in the search, and time passes
 * when nothing is due. That must end at rest, with the alias as it should be. Ends are remembered,
 * so that a state costs a few steps. Not thread-safe.
 */
final class Drive {
  /** Longer than any release, its rollback and the removal after it. */
  private static final int TURNS = 200;

  private final Protocol protocol;
  private final LongSet endsWell = new LongSet();
  private final long[] words = new long[State.WORDS];

  Drive(Protocol protocol) {
    this.protocol = protocol;
  }

  /** {@return whether a state comes to a good end} */
  boolean endsWell(State from) {
    State state = finished(from);
    List<Long> path = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      long fingerprint = fingerprint(state);
      if (protocol.isQuiescent(state) || endsWell.contains(fingerprint)) {
        path.forEach(endsWell::add);
        return true;
      }
      path.add(fingerprint);
      Optional<State> next = turn(state);
      if (next.isEmpty()) {
        return false;
      }
      state = next.get();
    }
    return false;
  }

  private long fingerprint(State state) {
    state.pack(words, 0);
    return State.fingerprint(words, 0);
  }

  private State finished(State from) {
    State state = from;
    for (int worker = 0; worker < 2; worker++) {
      while (isBusy(state, worker)) {
        state = helpful(state, worker).getFirst();
      }
    }
    return state;
  }

  private boolean isBusy(State state, int worker) {
    return state.worker(worker) != Turns.NOBODY && state.worker(worker) != protocol.turns.idle;
  }

  /** A whole turn of the first worker that changes something. */
  private Optional<State> turn(State state) {
    return outcome(state, helpful(state, 0).getFirst());
  }

  private Optional<State> outcome(State start, State state) {
    if (!isBusy(state, 0)) {
      return isSame(start, state) ? Optional.empty() : Optional.of(state);
    }
    return helpful(state, 0).stream().flatMap(next -> outcome(start, next).stream()).findFirst();
  }

  private static boolean isSame(State one, State other) {
    return one.head() == other.head()
        && one.alias() == other.alias()
        && one.exists() == other.exists();
  }

  /** Everything but a kill and a missed alarm, what helps most first. */
  private List<State> helpful(State state, int worker) {
    List<State> next = new ArrayList<>();
    protocol.steps(
        state,
        worker,
        (who, what, detail, then) -> {
          boolean fault = what.startsWith("is killed") || what.startsWith("misses");
          if (!fault) {
            next.add(then);
          }
        });
    return next.isEmpty() ? List.of(state.with(worker, protocol.turns.idle)) : next;
  }
}
