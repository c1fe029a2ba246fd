package dev.slipway.cli.offline;

import dev.slipway.cli.Refusal;
import dev.slipway.pipeline.recipe.TrainFolder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a model has been trained offline. */
public final class Trained {
  private Trained() {}

  /** Refuses a model that has not been trained yet, and says how. */
  public static void require(OfflineModel model, Path folder) {
    if (!Files.isRegularFile(model.pipeline().trained().file(TrainFolder.RECORD))) {
      throw new Refusal(
          "NOT_TRAINED",
          "%s holds no trained model of '%s'; train it first: ./slipway train %s"
              .formatted(model.out(), model.folder().name(), folder));
    }
  }
}
