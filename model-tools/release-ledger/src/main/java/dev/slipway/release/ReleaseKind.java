package dev.slipway.release;

/** What changes with a release. All kinds go through the same states. */
public enum ReleaseKind {
  /** A new bundle. */
  MODEL,
  /** New function code for the bundle that serves. */
  CODE,
  /** New memory, environment or role for the bundle that serves. */
  CONFIG,
  /** Back to an earlier version, asked by a person or by a late alarm. */
  ROLLBACK
}
