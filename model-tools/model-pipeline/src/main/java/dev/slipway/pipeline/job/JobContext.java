package dev.slipway.pipeline.job;

import dev.slipway.pipeline.ObjectStore;
import dev.slipway.runtime.RuntimeOptions;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What a job works with.
 *
 * @param store the buckets
 * @param work an empty folder of its own
 * @param cache folder that survives the job, for unpacked native libraries
 * @param runtime how ONNX Runtime is to work
 * @param clock for times in results
 */
public record JobContext(
    ObjectStore store, Path work, Path cache, RuntimeOptions runtime, Clock clock) {}
