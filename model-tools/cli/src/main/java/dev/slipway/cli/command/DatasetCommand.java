package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.offline.OfflineModel;
import dev.slipway.dataset.Dataset;
import dev.slipway.dataset.DatasetColumn;
import dev.slipway.dataset.DatasetFindings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "dataset",
    description = {
      "Say how the data of a model's folder is understood, and write its split.",
      "Writes train.csv, validation.csv and test.csv, without personal columns."
    },
    footer = {"", "Example:", "  ./slipway dataset my-model"})
final class DatasetCommand implements Callable<Integer> {
  @ParentCommand private SlipwayCommand parent;

  @Mixin private JsonOption options;

  @Mixin private ModelFolderOptions place;

  @Override
  public Integer call() {
    CommandContext context = parent.context();
    OfflineModel model = place.model(context);
    Dataset dataset = model.pipeline().dataset(model.folder().data());
    List<String> columns = dataset.columns().stream().map(DatasetColumn::line).toList();
    List<String> findings = DatasetFindings.of(dataset);
    Path split = model.pipeline().split();
    if (options.json()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("rows", dataset.rows());
      answer.put("columns", columns);
      answer.put("findings", findings);
      answer.put("split", split.toString());
      context.console().printJson(answer);
    } else {
      context.console().print(dataset.rows() + " rows");
      columns.forEach(line -> context.console().print("  " + line));
      findings.forEach(line -> context.console().print("Look at: " + line));
      context.console().print("Split: " + split);
    }
    return 0;
  }
}
