/** What a person or a script sees: lines, progress and JSON. */
@NullMarked
package dev.slipway.cli.print;

import org.jspecify.annotations.NullMarked;
