/** One class per subcommand; each reads its options, calls the step and prints the answer. */
@NullMarked
package dev.slipway.cli.command;

import org.jspecify.annotations.NullMarked;
