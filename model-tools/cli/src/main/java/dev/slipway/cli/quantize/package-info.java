/** The command that quantizes a file: stands between its options and the quantizer. */
@NullMarked
package dev.slipway.cli.quantize;

import org.jspecify.annotations.NullMarked;
