package dev.slipway.tasks.propose;

import static dev.slipway.tasks.propose.ProposeFixture.REGISTRY;
import static dev.slipway.tasks.propose.ProposeFixture.RELEASE;
import static dev.slipway.tasks.propose.ProposeFixture.RUN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.bundle.BundleFile;
import dev.slipway.release.DatasetSequence;
import dev.slipway.release.Proposal;
import dev.slipway.release.Reason;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.tasks.run.RunFiles;
import dev.slipway.tasks.run.StepResult;
import dev.slipway.tasks.run.StepResult.Outcome;
import dev.slipway.tasks.run.TaskException;
import dev.slipway.tasks.run.TaskJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProposeTest {
  private final ProposeFixture world = new ProposeFixture();

  @Test
  void end_allDone_signsProposesAndStartsTheRelease() {
    StepResult result = world.end(RUN);

    assertEquals(Outcome.DONE, result.outcome());
    assertEquals(Optional.of(world.digest), result.bundleDigest());
    assertEquals(
        "signed 32", world.objects.text(REGISTRY, RUN.bundle(world.digest, BundleFile.SIGNATURE)));
    Proposal proposal =
        assertInstanceOf(ReleaseEvent.Proposed.class, world.entries().getFirst().event())
            .proposal();
    assertEquals(world.digest, proposal.bundleDigest());
    assertEquals(Optional.of(RUN.runId()), proposal.runId());
    assertEquals(
        Optional.of(new DatasetSequence(Instant.parse("2026-01-01T00:00:01Z"), "v1")),
        proposal.datasetSequence());
    assertEquals(Map.of(RELEASE + ":pets-1", "{\"model\":\"pets\"}"), world.machines.started());
    assertEquals(result, stored(RUN));
  }

  @Test
  void end_twice_proposesOnce() {
    world.end(RUN);

    StepResult again = world.end(RUN);

    assertEquals(Outcome.DONE, again.outcome());
    assertEquals(1, world.entries().size());
    assertEquals(1, world.machines.started().size());
  }

  @Test
  void end_loopDidNotStart_throwsAndTheNextCallStartsIt() {
    world.machines.fail(1);

    assertThrows(TaskException.class, () -> world.end(RUN));
    world.end(RUN);

    assertEquals(1, world.entries().size());
    assertEquals(1, world.machines.started().size());
  }

  @Test
  void end_gateRefused_writesItsReasonsAndSignsNothing() {
    Reason reason = new Reason("GATE_MINIMUM", "expected at least 0.95, found 0.91");
    world.step(RUN, "package", Outcome.REFUSED, Optional.empty(), reason);

    StepResult result = world.endWithError(RUN, "States.TaskFailed", "{\"Container\":{}}");

    assertEquals(Outcome.REFUSED, result.outcome());
    assertEquals(List.of(reason), result.reasons());
    assertEquals(List.of(reason), refusal().reasons());
    assertTrue(
        world.objects.read(REGISTRY, RUN.bundle(world.digest, BundleFile.SIGNATURE)).isEmpty());
    assertTrue(world.machines.started().isEmpty());
  }

  @Test
  void end_jobDiedWithoutAWord_saysWhatBatchKnows() {
    RunFiles run = otherRun("2026-01-01T00:00:02Z", "v2");
    String cause =
        """
        {"Attempts":[{},{}],"StatusReason":"Task failed to start",
         "Container":{"ExitCode":137,"Reason":"OutOfMemoryError"}}
        """;

    StepResult result = world.endWithError(run, "States.TaskFailed", cause.strip());

    assertEquals(Outcome.FAILED, result.outcome());
    Reason reason = refusal().reasons().getFirst();
    assertEquals("RUN_FAILED", reason.code());
    assertEquals(
        "the job of step train broke: Task failed to start, exit code 137, OutOfMemoryError,"
            + " after 2 attempts; its log says more, upload the data again to try once more",
        reason.message());
  }

  @Test
  void end_jobOfASecondTryDiedWithoutAWord_isNotJudgedByTheFirstTry() {
    RunFiles run = new RunFiles(REGISTRY, "pets", "b".repeat(32));
    world.step(run, "train", Outcome.DONE, Optional.empty());
    world.step(run, "package", Outcome.DONE, Optional.of(world.pack(run, "v2")));
    world.describe(run, "2026-01-01T00:00:02Z", "v2", ProposeFixture.NOW.plusMillis(1));

    StepResult result = world.endWithError(run, "States.TaskFailed", "{}");

    assertEquals(Outcome.FAILED, result.outcome());
    assertTrue(refusal().reasons().getFirst().message().contains("step train"));
  }

  @Test
  void end_causeThatIsNoJson_isQuotedShortened() {
    RunFiles run = otherRun("2026-01-01T00:00:02Z", "v2");

    world.endWithError(run, "States.Timeout", "{" + "x\n".repeat(1000));

    String message = refusal().reasons().getFirst().message();
    assertTrue(message.contains("States.Timeout {x x"), message);
    assertTrue(message.length() < 600, message);
  }

  @Test
  void end_fileChangedAfterPacking_isRefusedBeforeSigning() {
    world.objects.write(
        REGISTRY,
        RUN.bundle(world.digest, BundleFile.MODEL),
        "thE model".getBytes(StandardCharsets.UTF_8));

    StepResult result = world.end(RUN);

    assertEquals(Outcome.REFUSED, result.outcome());
    assertEquals("BUNDLE_DIGEST_MISMATCH", result.reasons().getFirst().code());
    assertTrue(
        world.objects.read(REGISTRY, RUN.bundle(world.digest, BundleFile.SIGNATURE)).isEmpty());
  }

  @Test
  void end_fileOfAnotherSize_isRefusedUnread() {
    world.objects.write(REGISTRY, RUN.bundle(world.digest, BundleFile.MODEL), new byte[1000]);

    StepResult result = world.end(RUN);

    assertTrue(result.reasons().getFirst().message().contains("9 bytes, found 1000 bytes"));
  }

  @Test
  void end_manifestUnderAnotherDigest_isRefused() {
    String wrong = "ab".repeat(32);
    world.objects.write(
        REGISTRY,
        RUN.bundle(wrong, BundleFile.MANIFEST),
        world.objects.read(REGISTRY, RUN.bundle(world.digest, BundleFile.MANIFEST)).orElseThrow());
    world.step(RUN, "package", Outcome.DONE, Optional.of(wrong));

    assertEquals("BUNDLE_DIGEST_MISMATCH", world.end(RUN).reasons().getFirst().code());
  }

  @Test
  void end_bundleOfOtherData_isRefused() {
    world.step(RUN, "package", Outcome.DONE, Optional.of(world.pack(RUN, "v9")));

    assertEquals("BUNDLE_FOREIGN", world.end(RUN).reasons().getFirst().code());
  }

  @Test
  void end_bundleThatIsNotThere_isRefused() {
    world.step(RUN, "package", Outcome.DONE, Optional.of("cd".repeat(32)));

    assertEquals("BUNDLE_INCOMPLETE", world.end(RUN).reasons().getFirst().code());
  }

  @Test
  void end_digestThatIsNone_isFailed() {
    world.step(RUN, "package", Outcome.DONE, Optional.of("../../secrets"));

    assertEquals(Outcome.FAILED, world.end(RUN).outcome());
  }

  @Test
  void end_olderDataThanAlreadyProposed_isRefusedAsStale() {
    RunFiles newer = otherRun("2026-01-01T00:00:02Z", "v2");
    String bundle = world.pack(newer, "v2");
    world.step(newer, "train", Outcome.DONE, Optional.empty());
    world.step(newer, "package", Outcome.DONE, Optional.of(bundle));
    world.end(newer);

    StepResult result = world.end(RUN);

    assertEquals(Outcome.REFUSED, result.outcome());
    assertEquals("DATASET_STALE", result.reasons().getFirst().code());
    assertEquals(2, world.entries().size());
    assertEquals(1, world.machines.started().size());
  }

  @Test
  void end_uploadedModel_needsNoTraining() {
    RunFiles run = otherRun("2026-01-01T00:00:02Z", "v2");
    world.step(run, "package", Outcome.DONE, Optional.of(world.pack(run, "v2")));

    StepResult result = world.propose.end(TaskJson.write(ProposeFixture.request(run, "onnx")));

    assertEquals(Outcome.DONE, result.outcome());
  }

  @Test
  void end_requestThatNamesAnotherPlace_isNotOne() {
    byte[] request =
        TaskJson.write(
            ProposeFixture.request(RUN, "dataset").put("run", "s3://elsewhere/run.json"));

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> world.propose.end(request));

    assertTrue(String.valueOf(refused.getMessage()).contains(RUN.uri()));
  }

  @Test
  void end_modelNameThatClimbs_isNotOne() {
    byte[] request =
        TaskJson.write(ProposeFixture.request(RUN, "dataset").put("model", "../ledger"));

    assertThrows(IllegalArgumentException.class, () -> world.propose.end(request));
  }

  @Test
  void end_noDescription_asksForAnotherCall() {
    RunFiles run = new RunFiles(REGISTRY, "pets", "f".repeat(32));

    assertThrows(TaskException.class, () -> world.end(run));
  }

  private RunFiles otherRun(String lastModified, String versionId) {
    RunFiles run = new RunFiles(REGISTRY, "pets", "b".repeat(32));
    world.describe(run, lastModified, versionId);
    return run;
  }

  private ReleaseEvent.Refused refusal() {
    return assertInstanceOf(ReleaseEvent.Refused.class, world.entries().getLast().event());
  }

  private StepResult stored(RunFiles run) {
    String key = run.result("propose");
    return StepResult.read(world.objects.read(REGISTRY, key).orElseThrow(), key);
  }
}
