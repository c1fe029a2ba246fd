package dev.slipway.release.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * States in the order in which they were found, packed, each with the one it was found from. What
 * has been taken may be forgotten, so that a long search keeps its frontier only. Not thread-safe.
 */
final class States {
  private static final int IN_CHUNK = 1 << 14;

  private static final class Chunk {
    final long[] words = new long[IN_CHUNK * State.WORDS];
    final int[] parents = new int[IN_CHUNK];
  }

  private final Map<Integer, Chunk> chunks = new HashMap<>();
  private final boolean forgets;
  private int size;
  private int taken;

  States(boolean forgets) {
    this.forgets = forgets;
  }

  void add(long[] words, int parent) {
    Chunk chunk = chunks.computeIfAbsent(size / IN_CHUNK, number -> new Chunk());
    System.arraycopy(words, 0, chunk.words, size % IN_CHUNK * State.WORDS, State.WORDS);
    chunk.parents[size % IN_CHUNK] = parent;
    size++;
  }

  boolean isEmpty() {
    return taken == size;
  }

  boolean isForgetful() {
    return forgets;
  }

  int size() {
    return size;
  }

  /** {@return the number of the state that {@link #take} takes next} */
  int next() {
    return taken;
  }

  State take() {
    State state = get(taken);
    taken++;
    if (forgets && taken % IN_CHUNK == 0) {
      chunks.remove(taken / IN_CHUNK - 1);
    }
    return state;
  }

  State get(int number) {
    return State.unpack(chunk(number).words, number % IN_CHUNK * State.WORDS);
  }

  int parent(int number) {
    return chunk(number).parents[number % IN_CHUNK];
  }

  private Chunk chunk(int number) {
    return Objects.requireNonNull(
        chunks.get(number / IN_CHUNK), "the state was forgotten; search again with traces");
  }
}
