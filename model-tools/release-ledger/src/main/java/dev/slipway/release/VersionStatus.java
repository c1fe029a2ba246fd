package dev.slipway.release;

/** What the ledger knows of one published Lambda version. */
public enum VersionStatus {
  /** Published, not yet proven. */
  CANDIDATE,
  /** Completed a release: may serve again at any time. */
  GOOD,
  /** Rejected or rolled back: never serves again unless a person proposes its content anew. */
  BAD,
  /** Chosen for removal; must not serve. */
  RETIRED,
  /** Removed from Lambda. */
  DELETED
}
