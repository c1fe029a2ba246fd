package dev.slipway.pipeline.job;

import dev.slipway.pipeline.ObjectStore;
import dev.slipway.pipeline.Progress;
import dev.slipway.pipeline.recipe.Origin;
import dev.slipway.pipeline.recipe.PackageRecipe;
import dev.slipway.pipeline.recipe.PackageRecipe.Packed;
import dev.slipway.pipeline.recipe.TrainFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Quantizes, measures and packs what training left, and puts the bundle into the registry. */
final class PackageJob implements Job {
  @Override
  public String step() {
    return "package";
  }

  @Override
  public Made run(RunDescription run, JobContext context, Progress progress) {
    return run.uploaded()
        ? PackageUpload.run(run, context, progress)
        : packageTrained(run, context, progress);
  }

  private static Made packageTrained(RunDescription run, JobContext context, Progress progress) {
    TrainFolder folder = new TrainFolder(context.work().resolve("train"));
    fetch(run, context.store(), folder);
    Path work = context.work().resolve("forms");
    create(work);
    Packed packed =
        new PackageRecipe(
                run.spec(), new Origin(run.bucket(), run.key(), run.versionId()), context.runtime())
            .run(
                folder,
                LiveBundle.of(run, context),
                work,
                context.work().resolve("packed").resolve("bundle"),
                progress);
    Registry.publish(run, context.store(), packed.bundle(), packed.layer());
    return new Made(
        Optional.of(packed.bundle().digest().hex()),
        Map.of(
            "recipe", packed.chosen().form().recipe(),
            "metric", packed.evaluation().metric().word(),
            "value", packed.chosen().value(),
            "float", packed.evaluation().floatValue(),
            "bytes", packed.chosen().form().bytes()));
  }

  private static void fetch(RunDescription run, ObjectStore store, TrainFolder folder) {
    create(folder.path().resolve("split"));
    for (String name : TrainFolder.FILES) {
      String key = run.objectKey("train/" + name);
      if (!store.download(run.registry(), key, Optional.empty(), folder.file(name))) {
        throw new IllegalStateException("training left no " + key);
      }
    }
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("making " + folder + " failed", unwritable);
    }
  }
}
