package dev.slipway.cli.command;

import dev.slipway.bundle.BundleFile;
import dev.slipway.cli.CommandContext;
import dev.slipway.cli.offline.OfflineModel;
import dev.slipway.cli.offline.Trained;
import dev.slipway.pipeline.recipe.PackageRecipe;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "pack",
    description =
        "Quantize, judge and pack the trained model of a folder into a bundle with its report.",
    footer = {"", "Example:", "  ./slipway pack my-model"})
final class PackCommand implements Callable<Integer> {
  @ParentCommand private SlipwayCommand parent;

  @Mixin private JsonOption options;

  @Mixin private ModelFolderOptions place;

  @Override
  public Integer call() {
    CommandContext context = parent.context();
    OfflineModel model = place.model(context);
    Trained.require(model, place.folder());
    PackageRecipe.Packed packed =
        model
            .pipeline()
            .pack(
                String.valueOf(model.folder().data().getFileName()),
                Optional.empty(),
                OfflineModel.progress(context));
    Path report = packed.bundle().path().resolve(BundleFile.REPORT);
    if (options.json()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("digest", packed.bundle().digest().hex());
      answer.put("recipe", packed.chosen().form().recipe());
      answer.put("metric", packed.evaluation().metric().word());
      answer.put("value", packed.chosen().value());
      answer.put("inFloat", packed.chosen().form().layers());
      answer.put("bundle", packed.bundle().path().toString());
      answer.put("layer", packed.layer().toString());
      answer.put("report", report.toString());
      context.console().printJson(answer);
    } else {
      context
          .console()
          .print(
              "Bundle %s: %s, %s %.4f"
                  .formatted(
                      packed.bundle().digest().shortForm(),
                      packed.chosen().form().recipe(),
                      packed.evaluation().metric().word(),
                      packed.chosen().value()));
      packed.chosen().form().layers().forEach(line -> context.console().print("  " + line));
      context.console().print("Folder: " + packed.bundle().path());
      context.console().print("Report: " + report);
    }
    return 0;
  }
}
