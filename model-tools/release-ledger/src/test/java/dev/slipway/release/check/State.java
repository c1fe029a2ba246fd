package dev.slipway.release.check;

import java.time.Instant;

/**
 * The whole world of one model, in numbers that {@link Product} and {@link Turns} understand. Sets
 * of versions are bit sets. Times are reduced to early and late, and the ledger to its fold.
 *
 * @param head the ledger
 * @param alias the live alias
 * @param before the alias one write ago, for stale reads
 * @param exists versions that exist
 * @param verified versions that hold what was verified
 * @param alarms versions in ALARM
 * @param latest whether $LATEST holds the code of the active release
 * @param published the version made of $LATEST as it is now; 0 when none was
 * @param budget what may still come from outside
 * @param first the first worker's turn
 * @param second the second worker's turn; {@link Turns#NOBODY} when there is one worker
 * @param lost whether an entry of the ledger was overwritten
 */
record State(
    int head,
    int alias,
    int before,
    int exists,
    int verified,
    int alarms,
    boolean latest,
    int published,
    Budget budget,
    int first,
    int second,
    boolean lost) {
  /** Versions are bits of a set; numbers at and above this are not modelled. */
  static final int VERSIONS = 12;

  /** Long words of the packed form. */
  static final int WORDS = 3;

  /** The time at which nothing is due yet. */
  static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");

  /** The time at which everything is due. */
  static final Instant LATE = Instant.parse("2027-01-01T00:00:00Z");

  /**
   * What may still come from outside; each 0 to 7.
   *
   * @param arrivals new models
   * @param people commands
   * @param alarms alarms
   * @param deploys {@code cdk deploy}
   * @param foreign alias writes past the controller
   */
  record Budget(int arrivals, int people, int alarms, int deploys, int foreign) {
    Budget lessArrivals() {
      return new Budget(arrivals - 1, people, alarms, deploys, foreign);
    }

    Budget lessPeople() {
      return new Budget(arrivals, people - 1, alarms, deploys, foreign);
    }

    Budget lessAlarms() {
      return new Budget(arrivals, people, alarms - 1, deploys, foreign);
    }

    Budget lessDeploys() {
      return new Budget(arrivals, people, alarms, deploys - 1, foreign);
    }

    Budget lessForeign() {
      return new Budget(arrivals, people, alarms, deploys, foreign - 1);
    }

    private long pack() {
      return arrivals | people << 3 | alarms << 6 | deploys << 9 | foreign << 12;
    }

    private static Budget unpack(int bits) {
      return new Budget(bits & 7, bits >> 3 & 7, bits >> 6 & 7, bits >> 9 & 7, bits >> 12 & 7);
    }
  }

  State with(Budget next) {
    return new State(
        head, alias, before, exists, verified, alarms, latest, published, next, first, second,
        lost);
  }

  State withWorkers(int one, int other) {
    return new State(
        head, alias, before, exists, verified, alarms, latest, published, budget, one, other, lost);
  }

  State with(int worker, int turn) {
    return worker == 0 ? withWorkers(turn, second) : withWorkers(first, turn);
  }

  State withHead(int next) {
    return new State(
        next, alias, before, exists, verified, alarms, latest, published, budget, first, second,
        lost);
  }

  State withLostEntry() {
    return new State(
        head, alias, before, exists, verified, alarms, latest, published, budget, first, second,
        true);
  }

  State withAlias(int next) {
    return new State(
        head, next, alias, exists, verified, alarms, latest, published, budget, first, second,
        lost);
  }

  /** $LATEST was written; nothing was published of it yet. */
  State withLatest(boolean ours) {
    return new State(
        head, alias, before, exists, verified, alarms, ours, 0, budget, first, second, lost);
  }

  State withVersion(int number, boolean ours) {
    if (number >= VERSIONS) {
      throw new IllegalStateException("version " + number + " does not fit; raise VERSIONS");
    }
    int bit = 1 << number;
    int checked = ours ? verified | bit : verified & ~bit;
    return new State(
        head,
        alias,
        before,
        exists | bit,
        checked,
        alarms,
        latest,
        number,
        budget,
        first,
        second,
        lost);
  }

  State without(int number) {
    int bits = exists & ~(1 << number);
    return new State(
        head, alias, before, bits, verified, alarms, latest, published, budget, first, second,
        lost);
  }

  State alarmed(int number) {
    int bits = alarms | 1 << number;
    return new State(
        head, alias, before, exists, verified, bits, latest, published, budget, first, second,
        lost);
  }

  int worker(int index) {
    return index == 0 ? first : second;
  }

  /** Writes the packed form; workers are alike, so which of them is where does not matter. */
  void pack(long[] words, int at) {
    long small = Math.min(first, second) & 0xFFFFFFFFL;
    long large = Math.max(first, second) & 0xFFFFFFFFL;
    words[at] = (long) head << 32 | (long) alias << 16 | before;
    words[at + 1] = large << 32 | small;
    words[at + 2] =
        exists
            | (long) verified << 12
            | (long) alarms << 24
            | (latest ? 1L << 36 : 0)
            | (lost ? 1L << 37 : 0)
            | (long) published << 38
            | budget.pack() << 42;
  }

  static State unpack(long[] words, int at) {
    long bits = words[at + 2];
    int set = (1 << VERSIONS) - 1;
    return new State(
        (int) (words[at] >>> 32),
        (int) (words[at] >>> 16) & 0xFFFF,
        (int) words[at] & 0xFFFF,
        (int) bits & set,
        (int) (bits >>> 12) & set,
        (int) (bits >>> 24) & set,
        (bits >>> 36 & 1) == 1,
        (int) (bits >>> 38) & 15,
        Budget.unpack((int) (bits >>> 42)),
        (int) (words[at + 1] >>> 32),
        (int) words[at + 1],
        (bits >>> 37 & 1) == 1);
  }

  static long fingerprint(long[] words, int at) {
    return mix(mix(mix(words[at]) ^ words[at + 1]) ^ words[at + 2]);
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): every bit moves every other. */
  static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
