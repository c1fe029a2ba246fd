package dev.slipway.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.Refusal;
import dev.slipway.cli.aws.Stacks;
import dev.slipway.cli.local.ArchivedEntries;
import dev.slipway.cli.local.ModelFolder;
import dev.slipway.release.DatasetSequence;
import dev.slipway.release.Head;
import dev.slipway.release.ledger.ReleaseLedger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    Map<String, Map<String, String>> outputs = state.outputs();
    String bucket = Stacks.baseOutput(outputs, "LedgerBucket");
    JsonNode heads = state.plugin().archive(bucket).path("heads");
    List<String> reopened = new ArrayList<>();
    for (ModelFolder model : state.models()) {
      JsonNode head = heads.path(model.name());
      if (!head.isMissingNode()) {
        reopened.add(reopen(state, bucket, model.name(), head));
      }
    }
    return reopened.isEmpty() ? "there were none" : String.join("; ", reopened);
  }

  private static String reopen(UpState state, String bucket, String model, JsonNode last) {
    Head old =
        new ReleaseLedger(
                new ArchivedEntries(state.plugin(), bucket, last.path("epoch").asLong()),
                Clock.systemUTC())
            .read(model)
            .head();
    ObjectNode epoch =
        JSON.createObjectNode()
            .put("previousHead", last.path("hash").asText())
            .put("previousSeq", last.path("seq").asLong());
    old.liveBundle().ifPresent(digest -> epoch.put("bundleDigest", digest));
    old.highWater().ifPresent(newest -> epoch.set("datasetSequence", json(newest)));
    JsonNode answer =
        state.controller().command(model, "open-epoch", "the local AWS was started again", epoch);
    if (answer.path("outcome").asText().equals("REFUSED")) {
      throw new Refusal(
          "LEDGER_NOT_REOPENED", model + ": " + answer.path("message").asText("no reason given"));
    }
    return "%s goes on after entry %d%s"
        .formatted(
            model,
            old.seq(),
            old.liveBundle()
                .map(digest -> ", bundle " + digest.substring(0, 12) + " is published again")
                .orElse(""));
  }

  private static ObjectNode json(DatasetSequence sequence) {
    return JSON.createObjectNode()
        .put("lastModified", sequence.lastModified().toString())
        .put("versionId", sequence.versionId());
  }
}
