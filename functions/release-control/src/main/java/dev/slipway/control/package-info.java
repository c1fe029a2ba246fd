/**
 * The release controller: looks at one model, asks the planner what is next, does that one thing,
 * and looks again until nothing is left to do. {@link dev.slipway.control.ReconcileHandler} is the
 * Lambda function; everything it touches lies behind the interfaces of {@code
 * dev.slipway.control.port}.
 */
@NullMarked
package dev.slipway.control;

import org.jspecify.annotations.NullMarked;
