/**
 * Measures Slipway on this machine: starts the commands that a person would, in a system of its
 * own, and times them. May use everything of the command line; only {@code command} uses it.
 */
@NullMarked
package dev.slipway.cli.bench;

import org.jspecify.annotations.NullMarked;
