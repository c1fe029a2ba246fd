package dev.slipway.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.Refusal;
import dev.slipway.cli.local.ArchivedEntries;
import dev.slipway.cli.local.ModelFolder;
import dev.slipway.release.DatasetSequence;
import java.util.ArrayList;
import java.util.List;

/**
 * After a restart of the local AWS: ends the old ledgers and opens new ones that go on from their
 * last entries. The controller then publishes again what served, without training.
 */
final class ReopenLedgers implements UpStep {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String title() {
    return "go on with the ledgers";
  }

  @Override
  public String run(UpState state) {
    if (!state.freshStart()) {
      return "nothing to do: the local AWS was running";
    }
    List<ArchivedEntries> ended =
        ArchivedEntries.newestFirst(state.plugin(), StartLocalAws.LEDGER_BUCKET);
    List<String> reopened = new ArrayList<>();
    for (ModelFolder model : state.models()) {
      EndedLedger.of(ended, model.name())
          .ifPresent(old -> reopened.add(reopen(state, model.name(), old)));
    }
    return reopened.isEmpty() ? "there were none" : String.join("; ", reopened);
  }

  private static String reopen(UpState state, String model, EndedLedger old) {
    ObjectNode epoch =
        JSON.createObjectNode().put("previousHead", old.hash()).put("previousSeq", old.seq());
    old.bundle().ifPresent(digest -> epoch.put("bundleDigest", digest));
    old.newest().ifPresent(newest -> epoch.set("datasetSequence", json(newest)));
    JsonNode answer =
        state.controller().command(model, "open-epoch", "the local AWS was started again", epoch);
    if (answer.path("outcome").asText().equals("REFUSED")) {
      throw new Refusal(
          "LEDGER_NOT_REOPENED", model + ": " + answer.path("message").asText("no reason given"));
    }
    state.controller().reconcile(model);
    old.unfinished().ifPresent(runId -> state.releaseCutShort(model, runId));
    return "%s goes on after entry %d%s"
        .formatted(
            model,
            old.seq(),
            old.bundle()
                .map(digest -> ", bundle " + digest.substring(0, 12) + " is published again")
                .orElse(""));
  }

  private static ObjectNode json(DatasetSequence sequence) {
    return JSON.createObjectNode()
        .put("lastModified", sequence.lastModified().toString())
        .put("versionId", sequence.versionId());
  }
}
