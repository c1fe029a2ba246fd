package dev.slipway.tasks.propose;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.bundle.BundleFile;
import dev.slipway.release.Proposal;
import dev.slipway.release.Reason;
import dev.slipway.release.ReleaseKind;
import dev.slipway.tasks.run.ObjectStore;
import dev.slipway.tasks.run.RunFiles;
import dev.slipway.tasks.run.RunLedger;
import dev.slipway.tasks.run.StateMachines;
import dev.slipway.tasks.run.StepResult;
import dev.slipway.tasks.run.StepResult.Outcome;
import dev.slipway.tasks.run.TaskException;
import dev.slipway.tasks.run.TaskJson;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Ends a run: its bundle is signed and proposed, or the ledger says why not. May be called again at
 * any point; the ledger takes each run once.
 *
 * @param registry the bucket of runs and bundles
 * @param objects reads and writes them
 * @param signer signs the manifest's digest
 * @param ledger where the end is written
 * @param machines starts the release loop
 * @param releaseLoop ARN of the state machine of releases
 * @param clock the time written into the result
 */
public record Propose(
    String registry,
    ObjectStore objects,
    Signer signer,
    RunLedger ledger,
    StateMachines machines,
    String releaseLoop,
    Clock clock) {
  private static final String STEP = "propose";

  private record Ending(Outcome outcome, List<Reason> reasons, Optional<String> digest) {
    static Ending refused(List<Reason> reasons) {
      return new Ending(Outcome.REFUSED, reasons, Optional.empty());
    }
  }

  /**
   * {@return the result of the step, as it is also stored}
   *
   * @param event the request of the pipeline, JSON
   * @throws IllegalArgumentException when it is not one
   * @throws TaskException when the same call should be made again
   */
  public StepResult end(byte[] event) {
    ProposeRequest request = ProposeRequest.read(event, registry);
    Instant startedAt = clock.instant();
    RunFiles run = request.run();
    byte[] description =
        objects
            .read(run.registry(), run.description())
            .orElseThrow(() -> new TaskException("RUN_MISSING: no " + run.uri()));
    RunSource source = RunSource.read(description, run);
    Ending ending = judge(request, source);
    Ending written = write(run, source, ending);
    StepResult result =
        new StepResult(
            STEP,
            written.outcome(),
            written.reasons(),
            startedAt,
            clock.instant(),
            written.digest(),
            TaskJson.object());
    put(run, run.result(STEP), TaskJson.write(result.toJson()), "application/json");
    return result;
  }

  /** The first step that did not end well says why; without its word the job's error does. */
  private Ending judge(ProposeRequest request, RunSource source) {
    RunFiles run = request.run();
    Optional<String> digest = Optional.empty();
    for (String step : request.steps()) {
      Optional<StepResult> result = result(run, step, source.describedAt());
      if (result.isEmpty()) {
        return failed(List.of(JobFailure.of(step, request.error())));
      }
      if (result.get().outcome() != Outcome.DONE) {
        List<Reason> reasons =
            result.get().reasons().isEmpty()
                ? List.of(JobFailure.of(step, request.error()))
                : result.get().reasons();
        return new Ending(result.get().outcome(), reasons, Optional.empty());
      }
      digest = result.get().bundleDigest();
    }
    if (digest.filter(text -> text.matches("[0-9a-f]{64}")).isEmpty()) {
      return failed(
          List.of(
              new Reason(
                  "RUN_FAILED",
                  "the packaging job named no bundle (a digest of 64 hexadecimal digits): "
                      + digest.orElse("nothing"))));
    }
    List<Reason> problems = new BundleCheck(objects, run, source, digest.get()).problems();
    return problems.isEmpty()
        ? new Ending(Outcome.DONE, List.of(), digest)
        : Ending.refused(problems);
  }

  private static Ending failed(List<Reason> reasons) {
    return new Ending(Outcome.FAILED, reasons, Optional.empty());
  }

  /** A job of this try that died without a word must not be judged by an earlier try's result. */
  private Optional<StepResult> result(RunFiles run, String step, Instant describedAt) {
    String key = run.result(step);
    return objects
        .read(run.registry(), key)
        .map(bytes -> StepResult.read(bytes, key))
        .filter(result -> !result.endedAt().isBefore(describedAt));
  }

  private Ending write(RunFiles run, RunSource source, Ending ending) {
    if (ending.digest().isEmpty()) {
      ledger.refuse(run, ending.reasons(), source.age());
      return ending;
    }
    String digest = ending.digest().get();
    byte[] signature = signer.sign(HexFormat.of().parseHex(digest));
    put(run, run.bundle(digest, BundleFile.SIGNATURE), signature, "application/octet-stream");
    RunLedger.Written written = ledger.propose(run, proposal(run, source, digest));
    if (written.problem().isPresent()) {
      List<Reason> reasons = List.of(written.problem().get());
      ledger.refuse(run, reasons, source.age());
      return Ending.refused(reasons);
    }
    ObjectNode input = TaskJson.object().put("model", run.model());
    // Names of executions have at most 80 characters; a model's name has at most 41.
    machines.start(releaseLoop, run.model() + "-" + written.seq(), input.toString());
    return ending;
  }

  private static Proposal proposal(RunFiles run, RunSource source, String digest) {
    return new Proposal(
        "run-" + run.runId(),
        ReleaseKind.MODEL,
        digest,
        Optional.of(source.age()),
        Optional.of(run.runId()),
        Optional.empty(),
        false,
        "made of " + source.key() + " version " + source.age().versionId());
  }

  private void put(RunFiles run, String key, byte[] content, String contentType) {
    objects.put(run.registry(), key, content, contentType);
  }
}
