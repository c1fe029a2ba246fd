/**
 * The base stack: what all models share. Buckets, keys, network, Batch machines, the control
 * functions, the loop that drives a release, topics.
 */
@NullMarked
package dev.slipway.infra.base;

import org.jspecify.annotations.NullMarked;
