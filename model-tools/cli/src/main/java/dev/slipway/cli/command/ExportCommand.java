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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "export",
    description = "Copy the float ONNX model that `train` made to a file.",
    footer = {"", "Example:", "  ./slipway export my-model float.onnx"})
final class ExportCommand implements Callable<Integer> {
  @ParentCommand private SlipwayCommand parent;

  @Mixin private JsonOption options;

  @Mixin private ModelFolderOptions place;

  @Parameters(index = "1", paramLabel = "FILE", description = "The .onnx file to write.")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    CommandContext context = parent.context();
    OfflineModel model = place.model(context);
    Path trained = model.pipeline().trained().file(TrainFolder.MODEL);
    Trained.require(model, place.folder());
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
