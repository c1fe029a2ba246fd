/** The AWS clients of the command line, and what it reads through them. */
@NullMarked
package dev.slipway.cli.aws;

import org.jspecify.annotations.NullMarked;
