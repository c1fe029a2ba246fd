/** Runs the steps as one job: reads run.json, writes results, maps outcomes to exit codes. */
@NullMarked
package dev.slipway.pipeline.job;

import org.jspecify.annotations.NullMarked;
