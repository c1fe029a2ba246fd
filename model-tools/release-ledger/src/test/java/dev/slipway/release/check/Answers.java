package dev.slipway.release.check;

import java.util.Arrays;
import java.util.function.LongToIntFunction;

/**
 * Answers of a pure function, so that each distinct question is asked once: open addressing, keys
 * are not negative. Not thread-safe.
 */
final class Answers {
  private static final long FREE = -1;

  private long[] keys = free(1 << 12);
  private int[] values = new int[1 << 12];
  private int size;

  int get(long key, LongToIntFunction function) {
    int slot = slot(keys, key);
    if (keys[slot] == key) {
      return values[slot];
    }
    int value = function.applyAsInt(key);
    put(key, value);
    return value;
  }

  private void put(long key, int value) {
    if (++size * 2 > keys.length) {
      grow();
    }
    int slot = slot(keys, key);
    keys[slot] = key;
    values[slot] = value;
  }

  private void grow() {
    long[] bigger = free(keys.length * 2);
    int[] moved = new int[keys.length * 2];
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != FREE) {
        int slot = slot(bigger, keys[i]);
        bigger[slot] = keys[i];
        moved[slot] = values[i];
      }
    }
    keys = bigger;
    values = moved;
  }

  private static int slot(long[] keys, long key) {
    int mask = keys.length - 1;
    int slot = (int) State.mix(key) & mask;
    while (keys[slot] != FREE && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static long[] free(int length) {
    long[] keys = new long[length];
    Arrays.fill(keys, FREE);
    return keys;
  }
}
