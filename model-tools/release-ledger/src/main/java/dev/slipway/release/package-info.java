/**
 * The release state machine: what a release is, which step may follow which, and what the live
 * alias ought to be. Pure: no clock, no network, no AWS type. {@code dev.slipway.control} runs it,
 * {@code dev.slipway.tasks} adds proposals to it, the command line prints it.
 *
 * <p>Read {@link dev.slipway.release.Head} first (the state), then {@link
 * dev.slipway.release.Transition} (how an event changes it) and {@link dev.slipway.release.Planner}
 * (what a controller does next).
 */
@NullMarked
package dev.slipway.release;

import org.jspecify.annotations.NullMarked;
