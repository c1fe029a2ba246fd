package dev.slipway.release.check;

/**
 * One worker between two of its steps: exactly what its future depends on, so that workers with the
 * same future are equal.
 *
 * @param phase what it has done of its turn
 * @param aliasFresh whether nobody has written the alias since it read it
 * @param headFresh whether nobody has appended since it read the head
 * @param alias the alias it read, if that is not the present one; -1 otherwise
 * @param unfit versions it saw in ALARM, while it judges
 * @param step what it is about to do; -1 before it planned
 * @param version the version it published or deletes; 0 when none
 * @param head the head it read, for mutants that act on a stale one; -1 otherwise
 */
record Turn(
    Phase phase,
    boolean aliasFresh,
    boolean headFresh,
    int alias,
    int unfit,
    int step,
    int version,
    int head) {
  /** The steps of a turn. */
  enum Phase {
    IDLE,
    LOOKED,
    HEAD_READ,
    PLANNED,
    WROTE,
    LATEST_WRITTEN,
    PUBLISHED,
    FENCED,
    DELETED
  }

  static final Turn IDLE = new Turn(Phase.IDLE, false, false, -1, 0, -1, 0, -1);

  static Turn looked() {
    return new Turn(Phase.LOOKED, true, false, -1, 0, -1, 0, -1);
  }

  static Turn lookedAt(int old) {
    return new Turn(Phase.LOOKED, false, false, old, 0, -1, 0, -1);
  }

  static Turn readHead(int head) {
    return new Turn(Phase.HEAD_READ, false, true, -1, 0, -1, 0, head);
  }

  Turn at(Phase next) {
    return new Turn(next, aliasFresh, headFresh, alias, unfit, step, version, head);
  }

  /** The alias does not matter any more. */
  Turn after(Phase next, int number) {
    return new Turn(next, false, headFresh, -1, 0, step, number, head);
  }

  Turn withStaleAlias(int old) {
    return phase == Phase.LOOKED
        ? lookedAt(aliasFresh ? old : alias)
        : new Turn(phase, false, headFresh, alias, unfit, step, version, head);
  }

  Turn withStaleHead() {
    return new Turn(phase, aliasFresh, false, alias, unfit, step, version, head);
  }
}
