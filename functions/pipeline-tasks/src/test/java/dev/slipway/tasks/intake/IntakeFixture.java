package dev.slipway.tasks.intake;

import dev.slipway.release.ledger.InMemoryEntryStore;
import dev.slipway.release.ledger.LedgerEntry;
import dev.slipway.release.ledger.ReleaseLedger;
import dev.slipway.spec.ModelSpec;
import dev.slipway.tasks.run.RunFiles;
import dev.slipway.tasks.run.RunLedger;
import dev.slipway.tasks.run.StepResult;
import dev.slipway.tasks.run.StoredObject;
import dev.slipway.tasks.testing.InMemoryObjectStore;
import dev.slipway.tasks.testing.RecordingStateMachines;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Intake with everything around it in memory; two models: one trained, one uploaded. */
final class IntakeFixture {
  static final String DATASETS = "slipway-datasets-111122223333-eu-west-1";
  static final String REGISTRY = "slipway-registry";
  static final String PIPELINES = "arn:aws:states:eu-west-1:1:stateMachine:slipway-pipeline-";
  static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

  final InMemoryObjectStore objects = new InMemoryObjectStore();
  final RecordingStateMachines machines = new RecordingStateMachines();
  final Map<String, String> specs = new HashMap<>();
  final ReleaseLedger ledger;
  final Intake intake;

  IntakeFixture() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    ledger = new ReleaseLedger(new InMemoryEntryStore(), clock);
    specs.put(
        "pets",
        spec(
            """
            name: pets
            task: classification
            data: {target: kind, columns: {person: {pii: drop}}}
            """));
    specs.put(
        "finished",
        spec(
            """
            name: finished
            task: classification
            training: {trainer: onnx}
            """));
    intake =
        new Intake(
            new Intake.Services(
                objects,
                model -> Optional.ofNullable(specs.get(model)),
                new RunLedger(ledger, "intake"),
                machines,
                clock),
            new Intake.Buckets(DATASETS, REGISTRY),
            PIPELINES);
  }

  static String spec(String yaml) {
    return ModelSpec.fromYaml(yaml, "model.yaml").toJson();
  }

  StoredObject upload(String key, byte[] content) {
    return objects.write(DATASETS, key, content);
  }

  StoredObject upload(String key, String content) {
    return upload(key, content.getBytes(StandardCharsets.UTF_8));
  }

  IntakeReply accept(StoredObject object) {
    return intake.accept(
        new DatasetEvent(object.bucket(), object.key(), Optional.of(object.versionId()), false));
  }

  StepResult result(StoredObject object, String model) {
    String key = run(object, model).result("intake");
    return StepResult.read(objects.read(REGISTRY, key).orElseThrow(), key);
  }

  static RunFiles run(StoredObject object, String model) {
    return new RunFiles(REGISTRY, model, RunFiles.runIdOf(object));
  }

  List<LedgerEntry> entries(String model) {
    return ledger.entries(model, 1, 100);
  }
}
