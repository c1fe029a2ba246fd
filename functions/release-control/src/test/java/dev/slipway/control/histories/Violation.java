package dev.slipway.control.histories;

/** An invariant does not hold. Nothing in the product may catch it. */
final class Violation extends Error {
  private static final long serialVersionUID = 1L;

  Violation(String what) {
    super(what);
  }
}
