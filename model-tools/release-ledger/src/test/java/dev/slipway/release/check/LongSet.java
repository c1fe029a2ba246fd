package dev.slipway.release.check;

/**
 * Fingerprints already seen: open addressing, 8 bytes each at most three quarters full. Not
 * thread-safe.
 */
final class LongSet {
  private long[] slots = new long[1 << 16];
  private int size;
  private boolean zero;

  boolean contains(long value) {
    if (value == 0) {
      return zero;
    }
    int mask = slots.length - 1;
    int index = (int) (value ^ (value >>> 32)) & mask;
    while (slots[index] != 0) {
      if (slots[index] == value) {
        return true;
      }
      index = (index + 1) & mask;
    }
    return false;
  }

  boolean add(long value) {
    if (value == 0) {
      boolean added = !zero;
      zero = true;
      return added;
    }
    if (size >= slots.length / 4 * 3) {
      grow();
    }
    boolean added = put(slots, value);
    size += added ? 1 : 0;
    return added;
  }

  private static boolean put(long[] slots, long value) {
    int mask = slots.length - 1;
    int index = (int) (value ^ (value >>> 32)) & mask;
    while (slots[index] != 0) {
      if (slots[index] == value) {
        return false;
      }
      index = (index + 1) & mask;
    }
    slots[index] = value;
    return true;
  }

  private void grow() {
    long[] bigger = new long[slots.length * 2];
    for (long value : slots) {
      if (value != 0) {
        put(bigger, value);
      }
    }
    slots = bigger;
  }
}
