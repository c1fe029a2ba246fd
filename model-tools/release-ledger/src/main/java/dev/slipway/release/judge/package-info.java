/**
 * Weighs the evidence of a release: counters of the candidate and of the baseline, since the alias
 * was confirmed. Pure arithmetic; no data is never good news.
 */
@NullMarked
package dev.slipway.release.judge;

import org.jspecify.annotations.NullMarked;
