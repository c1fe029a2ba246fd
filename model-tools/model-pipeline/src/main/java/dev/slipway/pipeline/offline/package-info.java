/**
 * The steps on local folders, without AWS: what the command line's {@code train}, {@code quantize},
 * {@code evaluate} and {@code pack} run.
 */
@NullMarked
package dev.slipway.pipeline.offline;

import org.jspecify.annotations.NullMarked;
