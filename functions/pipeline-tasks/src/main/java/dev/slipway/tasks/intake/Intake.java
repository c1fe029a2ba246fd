package dev.slipway.tasks.intake;

import dev.slipway.release.DatasetSequence;
import dev.slipway.release.Reason;
import dev.slipway.spec.ModelSpec;
import dev.slipway.spec.ModelSpecException;
import dev.slipway.spec.UploadFile;
import dev.slipway.tasks.intake.EarlyCheck.Found;
import dev.slipway.tasks.intake.IntakeReply.Accepted;
import dev.slipway.tasks.intake.IntakeReply.Ignored;
import dev.slipway.tasks.intake.IntakeReply.Refused;
import dev.slipway.tasks.run.ObjectStore;
import dev.slipway.tasks.run.RunFiles;
import dev.slipway.tasks.run.RunLedger;
import dev.slipway.tasks.run.StateMachines;
import dev.slipway.tasks.run.StepResult;
import dev.slipway.tasks.run.StepResult.Outcome;
import dev.slipway.tasks.run.StoredObject;
import dev.slipway.tasks.run.TaskException;
import dev.slipway.tasks.run.TaskJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Turns a new object version into at most one run. Every part may be done twice: the run's id comes
 * from the object version, its description is written once, its execution bears its id.
 *
 * @param services what intake uses
 * @param buckets the buckets it reads and writes
 * @param pipelines the ARN of a model's pipeline without the model: all ARNs begin so
 */
public record Intake(Services services, Buckets buckets, String pipelines) {
  static final String STEP = "intake";

  /**
   * The services behind intake.
   *
   * @param objects data and run files
   * @param specs the models' specifications
   * @param ledger where refusals go
   * @param machines the models' pipelines
   * @param clock the time written into results
   */
  public record Services(
      ObjectStore objects,
      SpecStore specs,
      RunLedger ledger,
      StateMachines machines,
      Clock clock) {}

  /**
   * The buckets.
   *
   * @param datasets the only one whose events count
   * @param registry where runs are described
   */
  public record Buckets(String datasets, String registry) {}

  /**
   * {@return what became of an event}
   *
   * @throws TaskException when the same event should be sent again
   */
  public IntakeReply accept(DatasetEvent event) {
    if (!event.bucket().equals(buckets.datasets())) {
      return new Ignored(
          "EVENT_FOREIGN",
          "expected the bucket " + buckets.datasets() + ", found " + event.bucket());
    }
    Optional<StoredObject> object = describe(event);
    if (object.isEmpty()) {
      return new Ignored("OBJECT_GONE", "no object " + event.key() + " of that version any more");
    }
    Optional<DatasetKey> key = DatasetKey.of(object.get().key());
    if (key.isEmpty()) {
      return new Ignored(
          "KEY_UNEXPECTED", "expected datasets/<model>/<file>, found " + object.get().key());
    }
    Optional<String> spec = services.specs().find(key.get().model());
    return spec.isEmpty()
        ? new Ignored(
            "MODEL_UNKNOWN",
            "no stack of model %s stands; deploy it, then upload the data again"
                .formatted(key.get().model()))
        : accept(object.get(), key.get(), spec.get(), event.restart());
  }

  /** AWS writes keys as they are; LocalStack 4 writes them URL-encoded. */
  private Optional<StoredObject> describe(DatasetEvent event) {
    Optional<StoredObject> object =
        services.objects().describe(event.bucket(), event.key(), event.versionId());
    if (object.isPresent() || event.key().indexOf('%') < 0) {
      return object;
    }
    try {
      String plain = URLDecoder.decode(event.key().replace("+", "%2B"), StandardCharsets.UTF_8);
      return services.objects().describe(event.bucket(), plain, event.versionId());
    } catch (IllegalArgumentException _) {
      // A percent sign that encodes nothing: the key was meant as it stands, and is not there.
      return Optional.empty();
    }
  }

  private IntakeReply accept(
      StoredObject source, DatasetKey key, String specJson, boolean restart) {
    RunFiles run = new RunFiles(buckets.registry(), key.model(), RunFiles.runIdOf(source));
    Optional<IntakeReply> ended = ended(run);
    if (ended.isPresent()) {
      return ended.get();
    }
    Optional<Attempt> known = Attempt.of(services.objects(), run, restart);
    if (known.isPresent() && known.get().isDescribed()) {
      // Checked and described by an earlier event, of which nobody knows whether it went further.
      return start(run, key, known.get());
    }
    Attempt attempt = known.orElse(Attempt.first(run));
    ModelSpec spec = spec(key.model(), specJson);
    return UploadFile.beside(spec, key.file()).isPresent()
        ? new Ignored(
            "FILE_BESIDE_MODEL",
            "%s belongs to a finished model of %s: it is read when the .onnx file comes"
                .formatted(key.file(), key.model()))
        : checked(run, source, key, spec, attempt);
  }

  private static ModelSpec spec(String model, String json) {
    try {
      return ModelSpec.fromJson(json);
    } catch (ModelSpecException invalid) {
      throw new TaskException(
          "SPEC_INVALID: the stored specification of %s cannot be read; deploy its stack again: %s"
              .formatted(model, invalid.getMessage()),
          invalid);
    }
  }

  private IntakeReply checked(
      RunFiles run, StoredObject source, DatasetKey key, ModelSpec spec, Attempt attempt) {
    Instant startedAt = services.clock().instant();
    FilesBeside beside =
        key.isOnnx() ? FilesBeside.of(services.objects(), source, key, spec) : FilesBeside.NONE;
    Found found = check(source, key, spec, run).and(beside.problems());
    if (!found.reasons().isEmpty()) {
      return refuse(run, source, found, startedAt);
    }
    Optional<String> liveBundle = services.ledger().liveBundle(run.model());
    byte[] description =
        TaskJson.write(
            RunDescription.of(run, source, key.isOnnx(), beside, spec, liveBundle, startedAt));
    attempt.note(services.objects(), run, spec).ifPresent(note -> found.facts().put("again", note));
    // The result first: what is described has been checked.
    write(run, Outcome.DONE, found, startedAt);
    attempt.describe(services.objects(), run, description);
    return start(run, key, attempt);
  }

  /** A run that broke may go again; one that ended otherwise may not. */
  private Optional<IntakeReply> ended(RunFiles run) {
    for (String step : List.of(STEP, "propose")) {
      Optional<StepResult> result =
          services
              .objects()
              .read(run.registry(), run.result(step))
              .map(bytes -> StepResult.read(bytes, run.result(step)));
      if (result.isPresent() && result.get().outcome() == Outcome.REFUSED) {
        return Optional.of(new Refused(run.model(), run.runId(), result.get().reasons()));
      }
      if (result.isPresent() && step.equals("propose") && result.get().outcome() == Outcome.DONE) {
        return Optional.of(new Accepted(run.model(), run.runId(), false));
      }
    }
    return Optional.empty();
  }

  private Found check(StoredObject source, DatasetKey key, ModelSpec spec, RunFiles run) {
    if (spec.isUploaded() && !key.isOnnx()) {
      return new Found(List.of(FilesBeside.notOnnx(key)), TaskJson.object());
    }
    List<Reason> size = EarlyCheck.size(source.size());
    if (!size.isEmpty()) {
      return new Found(size, TaskJson.object());
    }
    Optional<InputStream> opened = services.objects().open(source);
    if (opened.isEmpty()) {
      throw new TaskException(
          "OBJECT_GONE: " + source.key() + " was deleted while it was looked at");
    }
    try (InputStream bytes = opened.get()) {
      return key.isOnnx() ? EarlyCheck.onnx(bytes) : EarlyCheck.table(bytes, spec, run.runId());
    } catch (IOException broken) {
      throw new TaskException(
          "OBJECT_UNREADABLE: reading %s ended early: %s"
              .formatted(source.key(), broken.getMessage()),
          broken);
    }
  }

  private IntakeReply start(RunFiles run, DatasetKey key, Attempt attempt) {
    boolean started =
        services
            .machines()
            .start(
                pipelines + run.model(),
                attempt.execution(),
                RunDescription.executionInput(run, key.isOnnx()));
    return new Accepted(run.model(), run.runId(), started);
  }

  /** The ledger first: a result that says REFUSED means that the ledger says so too. */
  private IntakeReply refuse(RunFiles run, StoredObject source, Found found, Instant startedAt) {
    DatasetSequence age = new DatasetSequence(source.lastModified(), source.versionId());
    services.ledger().refuse(run, found.reasons(), age);
    write(run, Outcome.REFUSED, found, startedAt);
    return new Refused(run.model(), run.runId(), found.reasons());
  }

  private void write(RunFiles run, Outcome outcome, Found found, Instant startedAt) {
    StepResult result =
        new StepResult(
            STEP,
            outcome,
            found.reasons(),
            startedAt,
            services.clock().instant(),
            Optional.empty(),
            found.facts());
    services
        .objects()
        .put(run.registry(), run.result(STEP), TaskJson.write(result.toJson()), "application/json");
  }
}
