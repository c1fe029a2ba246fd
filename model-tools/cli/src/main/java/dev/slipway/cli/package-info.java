/**
 * The {@code slipway} command: one subcommand per step of the flow. Printing and exit codes are
 * here and nowhere else; everything that a command does lives in the module of that step.
 */
@NullMarked
package dev.slipway.cli;

import org.jspecify.annotations.NullMarked;
