package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.offline.OfflineModel;
import dev.slipway.pipeline.recipe.TrainFolder;
import dev.slipway.pipeline.train.TrainingRecord;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "train",
    description = "Train a model of a folder's data, without any AWS: search, export to ONNX.",
    footer = {"", "Example:", "  ./slipway train my-model"})
final class TrainCommand implements Callable<Integer> {
  @ParentCommand private SlipwayCommand parent;

  @Mixin private JsonOption options;

  @Mixin private ModelFolderOptions place;

  @Override
  public Integer call() {
    CommandContext context = parent.context();
    OfflineModel model = place.model(context);
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
      context
          .console()
          .print(
              "Next: ./slipway evaluate " + place.folder() + "   ./slipway pack " + place.folder());
    }
    return 0;
  }
}
