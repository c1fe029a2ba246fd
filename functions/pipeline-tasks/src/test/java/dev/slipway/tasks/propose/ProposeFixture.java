package dev.slipway.tasks.propose;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.bundle.BundleFile;
import dev.slipway.bundle.Column;
import dev.slipway.bundle.Datatype;
import dev.slipway.bundle.Digest;
import dev.slipway.bundle.InputTensor;
import dev.slipway.bundle.Lineage;
import dev.slipway.bundle.Manifest;
import dev.slipway.bundle.ManifestWriter;
import dev.slipway.bundle.Metrics;
import dev.slipway.bundle.OutputTensor;
import dev.slipway.bundle.Recipe;
import dev.slipway.bundle.Shape;
import dev.slipway.bundle.Task;
import dev.slipway.release.Reason;
import dev.slipway.release.ledger.InMemoryEntryStore;
import dev.slipway.release.ledger.LedgerEntry;
import dev.slipway.release.ledger.ReleaseLedger;
import dev.slipway.tasks.run.RunFiles;
import dev.slipway.tasks.run.RunLedger;
import dev.slipway.tasks.run.StepResult;
import dev.slipway.tasks.run.StepResult.Outcome;
import dev.slipway.tasks.run.TaskJson;
import dev.slipway.tasks.testing.InMemoryObjectStore;
import dev.slipway.tasks.testing.RecordingStateMachines;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A run that both jobs have finished well, and everything around it in memory. */
final class ProposeFixture {
  static final String REGISTRY = "slipway-registry";
  static final String RELEASE = "arn:aws:states:eu-west-1:1:stateMachine:slipway-release";
  static final String KEY = "datasets/pets/pets.csv";
  static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  static final byte[] MODEL = "the model".getBytes(StandardCharsets.UTF_8);
  static final RunFiles RUN = new RunFiles(REGISTRY, "pets", "0123456789abcdef0123456789abcdef");

  final InMemoryObjectStore objects = new InMemoryObjectStore();
  final RecordingStateMachines machines = new RecordingStateMachines();
  final ReleaseLedger ledger;
  final Propose propose;
  final String digest;

  ProposeFixture() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    ledger = new ReleaseLedger(new InMemoryEntryStore(), clock);
    propose =
        new Propose(
            REGISTRY,
            objects,
            sha256 -> ("signed " + sha256.length).getBytes(StandardCharsets.UTF_8),
            new RunLedger(ledger, "propose"),
            machines,
            RELEASE,
            clock);
    describe(RUN, "2026-01-01T00:00:01Z", "v1");
    digest = pack(RUN, "v1");
    step(RUN, "train", Outcome.DONE, Optional.empty());
    step(RUN, "package", Outcome.DONE, Optional.of(digest));
  }

  void describe(RunFiles run, String lastModified, String versionId) {
    describe(run, lastModified, versionId, NOW);
  }

  /** Describes a run that is tried since {@code describedAt}. */
  void describe(RunFiles run, String lastModified, String versionId, Instant describedAt) {
    ObjectNode json =
        TaskJson.object()
            .put("formatVersion", 1)
            .put("model", run.model())
            .put("describedAt", describedAt.toString());
    json.putObject("source")
        .put("bucket", "data")
        .put("key", KEY)
        .put("versionId", versionId)
        .put("lastModified", lastModified);
    objects.write(REGISTRY, run.description(), TaskJson.write(json));
  }

  /** Leaves a bundle as the packaging job does, and gives its digest. */
  String pack(RunFiles run, String versionId) {
    Manifest manifest = manifest(run.model(), versionId);
    byte[] bytes = ManifestWriter.write(manifest);
    String hex = Digest.of(bytes).hex();
    objects.write(REGISTRY, run.bundle(hex, BundleFile.MODEL), MODEL);
    objects.write(REGISTRY, run.bundle(hex, BundleFile.LAYER), new byte[] {'P', 'K'});
    objects.write(REGISTRY, run.bundle(hex, BundleFile.MANIFEST), bytes);
    return hex;
  }

  static Manifest manifest(String model, String versionId) {
    Digest some = Digest.of(MODEL);
    return new Manifest(
        model,
        Task.CLASSIFICATION,
        List.of(
            new InputTensor(
                "features",
                Datatype.FP32,
                Shape.of(Shape.ANY, 1),
                List.of(Column.number("length", true)))),
        List.of(new OutputTensor("label", Datatype.BYTES, Shape.of(Shape.ANY), List.of())),
        List.of(new BundleFile(BundleFile.MODEL, some, MODEL.length)),
        new Lineage(
            "data", KEY, versionId, some, some, 42, "0.1.0", "25", "1.29.0", "linear", "cpu"),
        new Recipe("dynamic-int8", "any-x86", List.of()),
        new Metrics(
            "roc_auc",
            OptionalDouble.of(0.99),
            OptionalDouble.of(0.98),
            Optional.empty(),
            OptionalDouble.empty(),
            10));
  }

  void step(
      RunFiles run, String step, Outcome outcome, Optional<String> bundle, Reason... reasons) {
    StepResult result =
        new StepResult(step, outcome, List.of(reasons), NOW, NOW, bundle, TaskJson.object());
    objects.write(REGISTRY, run.result(step), TaskJson.write(result.toJson()));
  }

  StepResult end(RunFiles run) {
    return propose.end(TaskJson.write(request(run, "dataset")));
  }

  StepResult endWithError(RunFiles run, String error, String cause) {
    ObjectNode request = request(run, "dataset");
    request.putObject("error").put("Error", error).put("Cause", cause);
    return propose.end(TaskJson.write(request));
  }

  static ObjectNode request(RunFiles run, String kind) {
    return TaskJson.object()
        .put("model", run.model())
        .put("runId", run.runId())
        .put("run", run.uri())
        .put("kind", kind);
  }

  List<LedgerEntry> entries() {
    return ledger.entries("pets", 1, 100);
  }
}
