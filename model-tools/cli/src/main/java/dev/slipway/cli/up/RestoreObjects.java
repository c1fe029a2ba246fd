package dev.slipway.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.aws.Stacks;
import java.util.Map;

/**
 * After a restart of the local AWS: puts datasets and bundles back from the mirror on disk, without
 * starting a run. The ledger is not restored.
 */
final class RestoreObjects implements UpStep {
  @Override
  public String title() {
    return "restore what was kept";
  }

  @Override
  public String run(UpState state) {
    if (!state.freshStart()) {
      return "nothing to restore: the local AWS was running";
    }
    Map<String, Map<String, String>> outputs = state.outputs();
    int objects =
        restored(state, Stacks.baseOutput(outputs, "DatasetsBucket"))
            + restored(state, Stacks.baseOutput(outputs, "RegistryBucket"));
    return objects == 0
        ? "nothing was kept from before"
        : "%d objects put back with their versions".formatted(objects);
  }

  private static int restored(UpState state, String bucket) {
    JsonNode reply = state.plugin().restore(bucket);
    return reply.path("restored").asInt();
  }
}
