/** Tests of the quantize command. */
@NullMarked
package dev.slipway.cli.quantize;

import org.jspecify.annotations.NullMarked;
