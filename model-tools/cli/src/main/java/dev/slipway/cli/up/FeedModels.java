package dev.slipway.cli.up;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.Pause;
import dev.slipway.cli.aws.Datasets;
import dev.slipway.cli.aws.LedgerView;
import dev.slipway.cli.aws.RunStatus;
import dev.slipway.cli.aws.Stacks;
import dev.slipway.cli.local.ModelFolder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes sure that every model has something to serve: uploads its data where there is none, starts
 * an interrupted run again, and leaves alone what serves or is under way.
 */
final class FeedModels implements UpStep {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Override
  public String title() {
    return "feed the models";
  }

  @Override
  public String run(UpState state) {
    Map<String, Map<String, String>> outputs = state.outputs();
    Datasets datasets =
        new Datasets(state.clients().s3(), Stacks.baseOutput(outputs, "DatasetsBucket"));
    List<String> done = new ArrayList<>();
    for (ModelFolder model : state.models()) {
      done.add(model.name() + ": " + feed(state, outputs, datasets, model));
    }
    state.restored();
    return String.join("; ", done);
  }

  private static String feed(
      UpState state,
      Map<String, Map<String, String>> outputs,
      Datasets datasets,
      ModelFolder model) {
    Optional<Datasets.Uploaded> latest = datasets.latest(model.spec());
    if (latest.isEmpty()) {
      state.askedForRun(model.name(), Optional.empty());
      datasets.upload(model.spec(), model.data());
      return "uploaded " + model.data().getFileName();
    }
    Optional<RunStatus> run = state.runs().latest(model.name());
    LedgerView ledger = LedgerView.read(state.clients(), outputs, model.name());
    if (interrupted(state, run)) {
      state.invokeIntake(event(latest.get(), state.freshStart()));
      return "started the interrupted run again, by the model.yaml of now";
    }
    Optional<String> cutShort = state.releaseCutShort(model.name());
    if (cutShort.isPresent()) {
      awaitQuiet(state, outputs, model.name());
      state.proposeAgain(model.name(), cutShort.get());
      return "proposed run " + cutShort.get() + " again, whose release was cut short";
    }
    if (ledger.busy()) {
      return "a release is under way";
    }
    if (ledger.liveBundle().isPresent()) {
      return "serves already";
    }
    if (run.map(found -> !found.ended()).orElse(false)) {
      return "a run is under way";
    }
    state.askedForRun(model.name(), run.map(RunStatus::runId));
    datasets.upload(model.spec(), model.data());
    return "uploaded %s again: its last run left nothing that serves"
        .formatted(model.data().getFileName());
  }

  /** What served before comes back first, so that it serves whatever becomes of the other. */
  private static void awaitQuiet(
      UpState state, Map<String, Map<String, String>> outputs, String model) {
    Instant end = Instant.now().plus(PATIENCE);
    while (LedgerView.read(state.clients(), outputs, model).busy() && Instant.now().isBefore(end)) {
      Pause.of(LOOK_EVERY, "waiting for the models");
    }
  }

  /** A run of before the restart has no execution any more; one that a crash ended may go again. */
  private static boolean interrupted(UpState state, Optional<RunStatus> run) {
    return run.map(found ->
            found.ended()
                ? found.failure().filter(step -> step.outcome().equals("FAILED")).isPresent()
                : state.freshStart())
        .orElse(state.freshStart());
  }

  /** After a fresh start no execution is left: intake may describe the run anew. */
  private static ObjectNode event(Datasets.Uploaded object, boolean freshStart) {
    ObjectNode event =
        JSON.createObjectNode().put("source", "aws.s3").put("detail-type", "Object Created");
    ObjectNode detail = event.putObject("detail");
    detail.put("restart", freshStart);
    detail.putObject("bucket").put("name", object.bucket());
    detail.putObject("object").put("key", object.key()).put("version-id", object.versionId());
    return event;
  }
}
