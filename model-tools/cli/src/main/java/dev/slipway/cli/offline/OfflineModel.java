package dev.slipway.cli.offline;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.local.ModelFolder;
import dev.slipway.pipeline.Progress;
import dev.slipway.pipeline.offline.OfflinePipeline;
import dev.slipway.runtime.RuntimeOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model's folder with the place where its files are written.
 *
 * @param folder the model.yaml and its data
 * @param out where training, forms and bundle are written
 * @param pipeline the steps
 */
public record OfflineModel(ModelFolder folder, Path out, OfflinePipeline pipeline) {
  /** {@return the model in {@code directory}; without {@code out} its files go below the home} */
  public static OfflineModel of(CommandContext context, Path directory, Optional<Path> out) {
    ModelFolder folder = ModelFolder.read(directory);
    Path home = context.workspace().home();
    Path chosen = out.orElse(home.resolve("models").resolve(folder.name()));
    OfflinePipeline pipeline =
        new OfflinePipeline(
            folder.spec(), chosen, home.resolve("cache"), RuntimeOptions.of(System.getenv()));
    return new OfflineModel(folder, chosen, pipeline);
  }

  /** {@return progress as lines on standard error} */
  public static Progress progress(CommandContext context) {
    return (percent, message) ->
        context.console().progress("%3d %% %s".formatted(percent, message));
  }
}
