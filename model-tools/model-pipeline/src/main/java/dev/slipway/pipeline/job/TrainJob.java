package dev.slipway.pipeline.job;

import dev.slipway.pipeline.ObjectStore;
import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.pipeline.Progress;
import dev.slipway.pipeline.recipe.TrainFolder;
import dev.slipway.pipeline.recipe.TrainRecipe;
import dev.slipway.pipeline.train.TorchEngine;
import dev.slipway.pipeline.train.TrainingRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Trains on exactly one object version and leaves a float model in the registry. */
final class TrainJob implements Job {
  private static final int KEY_BYTES = 32;

  @Override
  public String step() {
    return "train";
  }

  @Override
  public Made run(RunDescription run, JobContext context, Progress progress) {
    Path data = context.work().resolve(run.fileName());
    if (!context.store().download(run.bucket(), run.key(), Optional.of(run.versionId()), data)) {
      throw new PipelineRefusal(
          "DATASET_GONE",
          "s3://%s/%s version %s is no longer there; upload the data again"
              .formatted(run.bucket(), run.key(), run.versionId()));
    }
    TrainFolder folder = new TrainFolder(folder(context.work().resolve("train")));
    TrainRecipe recipe =
        new TrainRecipe(
            run.spec(),
            hashKey(run, context.store()),
            () -> TorchEngine.start(context.cache(), TorchEngine.THREADS),
            context.runtime());
    TrainingRecord record = recipe.run(data, folder, progress);
    for (String name : TrainFolder.FILES) {
      context.store().upload(run.registry(), run.objectKey("train/" + name), folder.file(name));
    }
    return new Made(
        Optional.empty(),
        Map.of(
            "trainer", record.trainer(),
            "device", record.device(),
            "rows", record.rows(),
            "columns", record.columns(),
            "parity", record.parity()));
  }

  /** The key stays in the registry: who uploads data cannot choose what personal values become. */
  private static String hashKey(RunDescription run, ObjectStore store) {
    String key = "keys/" + run.model() + ".key";
    byte[] fresh = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(fresh);
    store.writeIfAbsent(
        run.registry(), key, HexFormat.of().formatHex(fresh).getBytes(StandardCharsets.UTF_8));
    return new String(store.read(run.registry(), key).orElseThrow(), StandardCharsets.UTF_8);
  }

  private static Path folder(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("making " + path + " failed", unwritable);
    }
  }
}
