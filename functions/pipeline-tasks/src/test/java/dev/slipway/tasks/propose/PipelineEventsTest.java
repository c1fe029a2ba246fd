package dev.slipway.tasks.propose;

import static dev.slipway.tasks.propose.ProposeFixture.REGISTRY;

import dev.slipway.release.Reason;
import dev.slipway.tasks.run.RunFiles;
import dev.slipway.tasks.run.StepResult.Outcome;
import dev.slipway.tasks.testing.SampleEvents;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each sample input of a pipeline's last step, and the reply beside it. */
final class PipelineEventsTest {
  private static final SampleEvents EVENTS = new SampleEvents("pipeline-ended");

  static List<String> cases() throws IOException {
    return EVENTS.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void end_sampleInput_repliesAsExpected(String name) throws IOException {
    ProposeFixture world = new ProposeFixture();
    RunFiles killed = new RunFiles(REGISTRY, "pets", "b".repeat(32));
    world.describe(killed, "2026-01-01T00:00:02Z", "v2");
    RunFiles refused = new RunFiles(REGISTRY, "pets", "c".repeat(32));
    world.describe(refused, "2026-01-01T00:00:03Z", "v3");
    world.step(refused, "train", Outcome.DONE, Optional.empty());
    world.step(
        refused,
        "package",
        Outcome.REFUSED,
        Optional.empty(),
        new Reason("GATE_MINIMUM", "expected roc_auc of at least 0.95, found 0.91"));

    EVENTS.check(name, world.propose.end(EVENTS.event(name)).toJson());
  }
}
