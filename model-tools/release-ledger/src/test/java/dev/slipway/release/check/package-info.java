/**
 * A model checker for the release protocol: every interleaving of workers that may die at any step,
 * people, alarms, deployments and removal, over the product's own {@code Planner} and {@code
 * Transition}. {@link dev.slipway.release.check.Protocol} says what may happen next, {@link
 * dev.slipway.release.check.Invariants} what must always hold, {@link
 * dev.slipway.release.check.Explorer} visits every state.
 */
@NullMarked
package dev.slipway.release.check;

import org.jspecify.annotations.NullMarked;
