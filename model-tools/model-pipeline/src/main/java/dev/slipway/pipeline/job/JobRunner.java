package dev.slipway.pipeline.job;

import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.pipeline.Reason;
import dev.slipway.pipeline.job.StepResult.Outcome;
import dev.slipway.spec.ModelSpecException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a job to an exit code and leaves its result in the registry, whatever happens. */
public final class JobRunner {
  private static final int DONE = 0;
  private static final int NOT_DONE = 1;

  private final JobContext context;
  private final PrintStream log;
  private final Optional<String> note;

  /** Runs jobs that print their progress on {@code log}. */
  public JobRunner(JobContext context, PrintStream log) {
    this(context, log, Optional.empty());
  }

  /**
   * Runs jobs of which a person should know something more than how they went.
   *
   * @param note what whoever started the job says of it, such as why it runs where it does; stands
   *     in progress and result
   */
  public JobRunner(JobContext context, PrintStream log, Optional<String> note) {
    this.context = context;
    this.log = log;
    this.note = note.filter(text -> !text.isBlank());
  }

  /**
   * Runs one step of one run.
   *
   * @param step {@code train} or {@code package}
   * @param runAddress {@code s3://bucket/key} of a {@code run.json}
   * @return 0 when it is done, 1 when it was refused or failed
   */
  public int run(String step, String runAddress) {
    RunAddress address = RunAddress.of(runAddress);
    byte[] description =
        context
            .store()
            .read(address.bucket(), address.key())
            .orElseThrow(() -> new IllegalArgumentException("there is no run at " + runAddress));
    RunDescription run = RunDescription.read(description);
    Job job = step.equals("train") ? new TrainJob() : new PackageJob();
    Instant started = context.clock().instant();
    ProgressObject object = new ProgressObject(context.store(), run, step, context.clock(), note);
    StepResult result = attempt(job, run, started, object);
    context.store().write(run.registry(), run.objectKey(step + "-result.json"), result.toJson());
    result.reasons().forEach(reason -> log.println(reason));
    log.println(step + ": " + result.outcome() + " " + result.facts());
    return result.outcome() == Outcome.DONE ? DONE : NOT_DONE;
  }

  private StepResult attempt(Job job, RunDescription run, Instant started, ProgressObject object) {
    try {
      Job.Made made =
          job.run(
              run,
              context,
              (percent, message) -> {
                log.println("%3d %% %s".formatted(percent, message));
                object.report(percent, message);
              });
      return result(job, Outcome.DONE, List.of(), started, made.bundleDigest(), made.facts());
    } catch (PipelineRefusal refusal) {
      return result(job, Outcome.REFUSED, refusal.reasons(), started, Optional.empty(), Map.of());
    } catch (ModelSpecException refusal) {
      return failure(job, Outcome.REFUSED, "MODEL_SPEC_REFUSED", refusal, started);
    } catch (RuntimeException failure) {
      // Whatever it was, the run must end with a result; the trace is for the job's log.
      failure.printStackTrace(log);
      return failure(job, Outcome.FAILED, "JOB_FAILED", failure, started);
    }
  }

  private StepResult failure(
      Job job, Outcome outcome, String code, RuntimeException failure, Instant started) {
    String message = failure.getMessage();
    Reason reason =
        new Reason(code, message == null || message.isBlank() ? failure.toString() : message);
    return result(job, outcome, List.of(reason), started, Optional.empty(), Map.of());
  }

  private StepResult result(
      Job job,
      Outcome outcome,
      List<Reason> reasons,
      Instant started,
      Optional<String> bundleDigest,
      Map<String, Object> facts) {
    Map<String, Object> all = new LinkedHashMap<>(facts);
    note.ifPresent(text -> all.put("note", text));
    return new StepResult(
        job.step(), outcome, reasons, started, context.clock().instant(), bundleDigest, all);
  }
}
