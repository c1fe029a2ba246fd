package dev.slipway.pipeline.job;

import dev.slipway.pipeline.ObjectStore;
import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.pipeline.Progress;
import dev.slipway.pipeline.recipe.Origin;
import dev.slipway.pipeline.uploaded.UploadFolder;
import dev.slipway.pipeline.uploaded.UploadedRecipe;
import dev.slipway.spec.UploadFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Packages a finished model with what lies beside it under the same name. */
final class PackageUpload {
  private PackageUpload() {}

  static Job.Made run(RunDescription run, JobContext context, Progress progress) {
    UploadFolder folder = new UploadFolder(created(context.work().resolve("upload")));
    fetch(run, context.store(), folder);
    UploadedRecipe.Packed packed =
        new UploadedRecipe(
                run.spec(), new Origin(run.bucket(), run.key(), run.versionId()), context.runtime())
            .run(
                folder,
                LiveBundle.of(run, context),
                created(context.work().resolve("forms")),
                context.work().resolve("packed").resolve("bundle"),
                progress);
    Registry.publish(run, context.store(), packed.bundle(), packed.layer());
    return new Job.Made(Optional.of(packed.bundle().digest().hex()), packed.facts());
  }

  private static void fetch(RunDescription run, ObjectStore store, UploadFolder folder) {
    fetch(run, store, run.key(), run.versionId(), folder.model());
    for (Map.Entry<UploadFile, RunDescription.Beside> file : run.beside().entrySet()) {
      String name =
          switch (file.getKey()) {
            case GOLDEN -> UploadFolder.GOLDEN;
            case CALIBRATION -> UploadFolder.CALIBRATION;
          };
      fetch(run, store, file.getValue().key(), file.getValue().versionId(), folder.file(name));
    }
  }

  private static void fetch(
      RunDescription run, ObjectStore store, String key, String versionId, Path file) {
    if (!store.download(run.bucket(), key, Optional.of(versionId), file)) {
      throw new PipelineRefusal(
          "MODEL_GONE",
          "s3://%s/%s version %s is no longer there; upload it and the model again"
              .formatted(run.bucket(), key, versionId));
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
