package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.offline.OfflineModel;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every offline command that works on a model's folder is told. */
final class ModelFolderOptions {
  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "A folder with a model.yaml and its data.")
  private Path folder = Path.of("");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FOLDER",
      description = "Where the model's files are written; default: models/NAME below SLIPWAY_HOME.")
  private @Nullable Path out;

  Path folder() {
    return folder;
  }

  OfflineModel model(CommandContext context) {
    return OfflineModel.of(context, folder, Optional.ofNullable(out));
  }
}
