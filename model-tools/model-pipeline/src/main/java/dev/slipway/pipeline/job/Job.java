package dev.slipway.pipeline.job;

import dev.slipway.pipeline.Progress;
import java.util.Map;
import java.util.Optional;

/** One step of a run. May be killed at any time and run again. */
interface Job {
  /** {@return the step's name in objects and messages} */
  String step();

  /**
   * Does the step.
   *
   * @throws dev.slipway.pipeline.PipelineRefusal if data, settings or the gate speak against it
   */
  Made run(RunDescription run, JobContext context, Progress progress);

  /**
   * What a step made.
   *
   * @param bundleDigest the bundle, if it made one
   * @param facts what a person wants to know
   */
  record Made(Optional<String> bundleDigest, Map<String, Object> facts) {}
}
