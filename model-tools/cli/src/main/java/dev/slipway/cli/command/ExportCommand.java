package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.Refusal;
import dev.slipway.cli.offline.OfflineModel;
import dev.slipway.cli.offline.Trained;
import dev.slipway.pipeline.recipe.TrainFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "export", description = "Copy the float ONNX model that `train` made to a file.")
final class ExportCommand implements Callable<Integer> {
  @ParentCommand private SlipwayCommand parent;

  @Mixin private JsonOption options;

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "A folder with a model.yaml and its data.")
  private Path folder = Path.of("");

  @Parameters(index = "1", paramLabel = "FILE", description = "The .onnx file to write.")
  private Path file = Path.of("");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FOLDER",
      description = "Where `train` wrote; default: models/NAME below SLIPWAY_HOME.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    CommandContext context = parent.context();
    OfflineModel model = OfflineModel.of(context, folder, Optional.ofNullable(out));
    Path trained = model.pipeline().trained().file(TrainFolder.MODEL);
    Trained.require(model, folder);
    try {
      Files.copy(trained, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      throw new Refusal("FILE_UNWRITABLE", file + " can't be written", unwritable);
    }
    if (options.json()) {
      context.console().printJson(Map.of("file", file.toString()));
    } else {
      context.console().print("Wrote " + file);
    }
    return 0;
  }
}
