/** Tests of the quantizer's bench. */
@NullMarked
package dev.slipway.cli.bench.quantize;

import org.jspecify.annotations.NullMarked;
