package dev.slipway.release.check;

/** The protocol with one rule removed. Each must be caught, or the check checks nothing. */
enum Mutant {
  /** All rules. */
  NONE,
  /** W2: the alias is moved before the ledger says so. */
  EFFECT_BEFORE_INTENT,
  /** W3: the head is read before the alias. */
  HEAD_READ_FIRST,
  /** W4: the alias is written without its revision. */
  NO_REVISION,
  /** W5: an alias that already looks right is confirmed without a write. */
  CONFIRM_BY_READ,
  /** W6: a transition is applied to whatever head is there. */
  NO_HEAD_GUARD,
  /** W7: whatever $LATEST holds is published. */
  PUBLISH_ANYTHING,
  /** W8: a version is retired although the head has moved on. */
  RETIRE_ON_STALE_HEAD,
  /** W8: only the newest good version is protected. */
  RETIRE_ALL_BUT_NEWEST,
  /** W5 and W14: a foreign write is adopted by a read, which may be an old one. */
  ADOPT_BY_READ,
  /** W11: a release with traffic is superseded. */
  SUPERSEDE_WITH_TRAFFIC,
  /** W12: a rollback goes to any version but the candidate. */
  ANY_TARGET,
  /** W13: any version can be pinned. */
  PIN_ANYTHING,
  /** W13: pinning the version that is being rolled back leaves it bad. */
  PIN_LEAVES_BAD,
  /** W14: a foreign write is adopted whatever it serves. */
  ADOPT_ANYTHING;

  /** Whether a worker may still do harm with a head that others have moved. */
  boolean keepsStaleHeads() {
    return this == HEAD_READ_FIRST || this == NO_HEAD_GUARD || this == RETIRE_ON_STALE_HEAD;
  }

  /** Whether a worker may still do harm with an alias that others have written. */
  boolean keepsStaleAliases() {
    return this == NO_REVISION || this == CONFIRM_BY_READ;
  }
}
