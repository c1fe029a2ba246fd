package dev.slipway.cli.rollback;

import dev.slipway.cli.Pause;
import dev.slipway.cli.Refusal;
import dev.slipway.cli.aws.AwsClients;
import dev.slipway.cli.aws.ReleaseController;
import dev.slipway.cli.aws.Stacks;
import dev.slipway.release.Head;
import dev.slipway.release.Proposal;
import dev.slipway.release.ReleaseKind;
import dev.slipway.release.aws.S3EntryStore;
import dev.slipway.release.ledger.LedgerEntry;
import dev.slipway.release.ledger.ReleaseLedger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.lambda.model.GetAliasResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The model's ledger, its alias, and the controller that moves both. */
final class Releases {
  private static final Duration PATIENCE = Duration.ofMinutes(6);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final Duration NUDGE_AFTER = Duration.ofSeconds(8);
  private static final int MOST_ENTRIES = 1000;

  private final AwsClients clients;
  private final ReleaseLedger ledger;
  private final ReleaseController controller;
  private final String registry;
  private final String function;
  private final String model;

  Releases(AwsClients clients, Map<String, Map<String, String>> outputs, String model) {
    this.clients = clients;
    this.model = model;
    this.ledger =
        new ReleaseLedger(
            new S3EntryStore(clients.s3(), Stacks.baseOutput(outputs, "LedgerBucket")),
            Clock.systemUTC());
    this.controller =
        new ReleaseController(clients.lambda(), Stacks.baseOutput(outputs, "ReconcileFunction"));
    this.registry = Stacks.baseOutput(outputs, "RegistryBucket");
    this.function = Stacks.modelOutput(outputs, model, "FunctionName");
  }

  Head head() {
    return ledger.read(model).head();
  }

  /** {@return the alias as Lambda has it: version, and the other one with its weight} */
  String alias() {
    GetAliasResponse alias =
        clients.lambda().getAlias(get -> get.functionName(function).name("live"));
    Map<String, Double> weights =
        alias.routingConfig() == null ? Map.of() : alias.routingConfig().additionalVersionWeights();
    return alias.functionVersion() + (weights.isEmpty() ? "" : " " + weights);
  }

  List<LedgerEntry> after(long seq) {
    return ledger.entries(model, seq + 1, MOST_ENTRIES);
  }

  /** Copies the live bundle to a digest that is not its own and proposes it. */
  void proposeFalse(String digest) {
    String live = head().liveBundle().orElseThrow();
    String from = "bundles/" + model + "/" + live + "/";
    for (S3Object object :
        clients.s3().listObjectsV2(list -> list.bucket(registry).prefix(from)).contents()) {
      String name = object.key().substring(from.length());
      clients
          .s3()
          .copyObject(copy ->
              copy.sourceBucket(registry)
                  .sourceKey(object.key())
                  .destinationBucket(registry)
                  .destinationKey("bundles/" + model + "/" + digest + "/" + name));
    }
    ledger.propose(
        model,
        new Proposal(
            "false-" + digest.substring(0, 12),
            ReleaseKind.MODEL,
            digest,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            "bench rollback"),
        "bench",
        new TreeMap<>());
  }

  /** Waits until the release that began after {@code seq} has ended. */
  void ended(long seq) {
    await(() -> head().seq() > seq && isQuiet());
  }

  /** Waits until what the stack wants is served again. */
  void settle() {
    Instant calm = Instant.now().plus(NUDGE_AFTER);
    nudge();
    await(() -> isQuiet() && Instant.now().isAfter(calm));
  }

  private boolean isQuiet() {
    Head head = head();
    return head.active().isEmpty() && head.pending().isEmpty();
  }

  private void await(java.util.function.BooleanSupplier over) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!over.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new Refusal(
            "RELEASE_ENDLESS",
            "the release has not ended in %d s; see ./slipway releases %s"
                .formatted(PATIENCE.toSeconds(), model));
      }
      Pause.of(LOOK_EVERY, "waiting");
    }
  }

  /** The tick that comes every minute, now. */
  void nudge() {
    controller.tick();
  }
}
