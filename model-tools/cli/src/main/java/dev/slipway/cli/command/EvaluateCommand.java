package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.offline.OfflineModel;
import dev.slipway.cli.offline.Trained;
import dev.slipway.pipeline.offline.SeedStudy;
import dev.slipway.pipeline.report.Evaluation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "evaluate",
    description = {
      "Measure the trained model of a folder and its quantized forms on the held-out rows.",
      "With --seeds it trains anew per seed (a seed moves split and training) and prints the mean."
    },
    footer = {
      "",
      "Examples:",
      "  ./slipway evaluate my-model",
      "  ./slipway evaluate my-model --seeds 10"
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final int MOST_SEEDS = 100;

  @ParentCommand private SlipwayCommand parent;

  @Mixin private JsonOption options;

  @Mixin private ModelFolderOptions place;

  @Option(names = "--seeds", paramLabel = "N", description = "How many seeds, 1 to 100.")
  private int seeds;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    boolean severalSeeds = spec.commandLine().getParseResult().hasMatchedOption("--seeds");
    if (severalSeeds) {
      OptionRange.require(spec, "--seeds", seeds, MOST_SEEDS);
    }
    CommandContext context = parent.context();
    OfflineModel model = place.model(context);
    if (severalSeeds) {
      return study(context, model);
    }
    Trained.require(model, place.folder());
    Evaluation evaluation =
        model.pipeline().evaluate(Optional.empty(), OfflineModel.progress(context));
    if (options.json()) {
      context
          .console()
          .printJson(
              Map.of(
                  "metric", evaluation.metric().word(),
                  "rows", evaluation.rows(),
                  "forms", evaluation.forms().stream().map(EvaluateCommand::json).toList()));
    } else {
      context
          .console()
          .print("%s on %d held-out rows".formatted(evaluation.metric().word(), evaluation.rows()));
      for (Evaluation.Measured form : evaluation.forms()) {
        context
            .console()
            .print(
                "  %-13s %.4f  %9d bytes"
                    .formatted(form.form().recipe(), form.value(), form.form().bytes()));
      }
    }
    return 0;
  }

  private int study(CommandContext context, OfflineModel model) {
    SeedStudy.Result result =
        model.pipeline().study(model.folder().data(), seeds, OfflineModel.progress(context));
    if (options.json()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("metric", result.metric().word());
      answer.put("meanFloat", result.meanFloat());
      answer.put("meanInt8", result.meanInt8());
      answer.put("seeds", result.seeds());
      context.console().printJson(answer);
    } else {
      result.lines().forEach(context.console()::print);
    }
    return 0;
  }

  private static Map<String, Object> json(Evaluation.Measured form) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("recipe", form.form().recipe());
    json.put("value", form.value());
    json.put("low", form.interval().low());
    json.put("high", form.interval().high());
    json.put("bytes", form.form().bytes());
    return json;
  }
}
