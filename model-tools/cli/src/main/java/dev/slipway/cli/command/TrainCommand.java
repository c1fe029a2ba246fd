package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.offline.OfflineModel;
import dev.slipway.pipeline.recipe.TrainFolder;
import dev.slipway.pipeline.train.TrainingRecord;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "train",
    description = "Train a model of a folder's data, without any AWS: search, export to ONNX.")
final class TrainCommand implements Callable<Integer> {
  @ParentCommand private SlipwayCommand parent;

  @Mixin private JsonOption options;

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "A folder with a model.yaml and its data.")
  private Path folder = Path.of("");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FOLDER",
      description = "Where to write; default: models/NAME below SLIPWAY_HOME.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    CommandContext context = parent.context();
    OfflineModel model = OfflineModel.of(context, folder, Optional.ofNullable(out));
    TrainingRecord record =
        model.pipeline().train(model.folder().data(), OfflineModel.progress(context));
    if (options.json()) {
      context.console().printJson(record);
    } else {
      context
          .console()
          .print(
              "%s with %d weights, trained on %s"
                  .formatted(record.trainer(), record.parameters(), record.device()));
      context.console().print("Float model: " + model.pipeline().trained().file(TrainFolder.MODEL));
      context.console().print("Next: ./slipway evaluate " + folder + "   ./slipway pack " + folder);
    }
    return 0;
  }
}
