package dev.slipway.pipeline.job;

import dev.slipway.pipeline.ObjectStore;
import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.pipeline.Progress;
import dev.slipway.pipeline.recipe.Origin;
import dev.slipway.pipeline.uploaded.UploadFolder;
import dev.slipway.pipeline.uploaded.UploadedRecipe;
import dev.slipway.spec.UploadedModelSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Packages a finished model with what lies beside it under the same name. */
final class PackageUpload {
  private static final String SUFFIX = ".onnx";

  private PackageUpload() {}

  static Job.Made run(RunDescription run, JobContext context, Progress progress) {
    UploadFolder folder = new UploadFolder(created(context.work().resolve("upload")));
    fetch(run, context.store(), folder);
    UploadedRecipe.Packed packed =
        new UploadedRecipe(
                run.spec(), new Origin(run.bucket(), run.key(), run.versionId()), context.runtime())
            .run(
                folder,
                created(context.work().resolve("forms")),
                context.work().resolve("packed").resolve("bundle"),
                progress);
    Registry.publish(run, context.store(), packed.bundle(), packed.layer());
    return new Job.Made(
        Optional.of(packed.bundle().digest().hex()),
        Map.of("recipe", packed.recipe(), "requests", packed.tried()));
  }

  private static void fetch(RunDescription run, ObjectStore store, UploadFolder folder) {
    if (!store.download(run.bucket(), run.key(), Optional.of(run.versionId()), folder.model())) {
      throw new PipelineRefusal(
          "MODEL_GONE",
          "s3://%s/%s version %s is no longer there; upload the model again"
              .formatted(run.bucket(), run.key(), run.versionId()));
    }
    UploadedModelSpec spec = run.spec().model().orElse(UploadedModelSpec.UNSPECIFIED);
    beside(run, store, spec.golden(), ".golden.json", folder.file(UploadFolder.GOLDEN));
    beside(
        run, store, spec.calibration(), ".calibration.csv", folder.file(UploadFolder.CALIBRATION));
  }

  /** A file that model.yaml names must be there; one that is found by its name may be. */
  private static void beside(
      RunDescription run, ObjectStore store, Optional<String> named, String suffix, Path file) {
    String folder = run.key().substring(0, run.key().lastIndexOf('/') + 1);
    String stem =
        run.fileName().endsWith(SUFFIX)
            ? run.fileName().substring(0, run.fileName().length() - SUFFIX.length())
            : run.fileName();
    String key = folder + named.orElse(stem + suffix);
    boolean found = store.download(run.bucket(), key, Optional.empty(), file);
    if (!found && named.isPresent()) {
      throw new PipelineRefusal(
          "UPLOAD_FILE_MISSING",
          "model.yaml names %s, but there is no s3://%s/%s; upload it before the model"
              .formatted(named.get(), run.bucket(), key));
    }
  }

  private static Path created(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("making " + folder + " failed", unwritable);
    }
  }
}
