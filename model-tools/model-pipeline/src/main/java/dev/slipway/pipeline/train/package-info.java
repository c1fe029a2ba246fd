/**
 * Learns from featurised rows: linear models, networks, search, cross-fitting. Uses DJL; knows
 * nothing of files, S3 or bundles.
 */
@NullMarked
package dev.slipway.pipeline.train;

import org.jspecify.annotations.NullMarked;
