package dev.slipway.release.check;

/**
 * A plan of the product, in numbers.
 *
 * @param kind what kind of plan
 * @param event the event that it appends; -1 when the outcome decides
 * @param content the alias that it writes, or finds; -1 when it touches none
 * @param version the version that it deletes; 0 when it deletes none
 */
record Step(Kind kind, int event, int content, int version) {
  /** Nothing to do. */
  static final Step REST = new Step(Kind.REST, -1, -1, 0);

  /** Kinds of plans. */
  enum Kind {
    REST,
    WRITE,
    MOVE,
    RESTORE,
    VERIFY,
    PUBLISH,
    PROBE,
    JUDGE,
    DELETE
  }
}
