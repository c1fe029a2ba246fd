/** Writes the bundle: model, golden requests, drift baseline, report, manifest. */
@NullMarked
package dev.slipway.pipeline.pack;

import org.jspecify.annotations.NullMarked;
