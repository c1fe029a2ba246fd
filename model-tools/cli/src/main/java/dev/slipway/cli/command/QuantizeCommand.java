package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.Refusal;
import dev.slipway.cli.offline.CalibrationFile;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.quantize.CalibrationData;
import dev.slipway.onnx.quantize.LayerOutcome;
import dev.slipway.onnx.quantize.QuantizeOptions;
import dev.slipway.onnx.quantize.QuantizeResult;
import dev.slipway.onnx.quantize.Quantizer;
import dev.slipway.onnx.quantize.Recipe;
import dev.slipway.onnx.quantize.Target;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "quantize",
    description = {
      "Make an ONNX model smaller and faster. Needs no model.yaml and no AWS.",
      "Safe on every x86-64 by default; layers that cannot be quantized stay in float and say why."
    })
final class QuantizeCommand implements Callable<Integer> {
  @ParentCommand private SlipwayCommand parent;

  @Mixin private JsonOption options;

  @Parameters(index = "0", paramLabel = "IN", description = "The .onnx model to read.")
  private Path in = Path.of("");

  @Parameters(index = "1", paramLabel = "OUT", description = "The .onnx model to write.")
  private Path out = Path.of("");

  @Option(
      names = "--recipe",
      paramLabel = "RECIPE",
      description = "dynamic-int8 (default), static-int8, fp16, weight-int8 or weight-int4.")
  private String recipe = Recipe.DYNAMIC_INT8.word();

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      description = "any-x86 (default), vnni or arm64.")
  private String target = Target.ANY_X86.word();

  @Option(
      names = "--calibration",
      paramLabel = "CSV",
      description = "Rows of the model's one input, with a header; needed by static-int8.")
  private @Nullable Path calibration;

  @Option(
      names = "--exclude",
      paramLabel = "NAME",
      split = ",",
      description = "Nodes that stay in float.")
  private Set<String> excluded = Set.of();

  @Override
  public Integer call() {
    CommandContext context = parent.context();
    OnnxModel model = OnnxModel.read(in);
    CalibrationData samples =
        Optional.ofNullable(calibration)
            .map(file -> CalibrationFile.read(file, model))
            .orElseGet(CalibrationData::none);
    QuantizeResult result =
        Quantizer.quantize(model, new QuantizeOptions(recipe(), target(), excluded), samples);
    result.model().write(out);
    if (options.json()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("recipe", recipe);
      answer.put("target", target);
      answer.put("bytesBefore", model.toBytes().length);
      answer.put("bytesAfter", result.model().toBytes().length);
      answer.put("layers", result.layers());
      context.console().printJson(answer);
    } else {
      for (LayerOutcome layer : result.layers()) {
        context
            .console()
            .print(
                "%s %s %s: %s"
                    .formatted(
                        layer.quantized() ? "+" : "-", layer.type(), layer.node(), layer.why()));
      }
      context
          .console()
          .print(
              "%d of %d layers; %d → %d bytes"
                  .formatted(
                      result.quantizedLayers(),
                      result.layers().size(),
                      model.toBytes().length,
                      result.model().toBytes().length));
    }
    return 0;
  }

  private Recipe recipe() {
    return Recipe.ofWord(recipe)
        .orElseThrow(() ->
            new Refusal(
                "RECIPE_UNKNOWN",
                "--recipe is '%s'; expected one of %s"
                    .formatted(recipe, Arrays.stream(Recipe.values()).map(Recipe::word).toList())));
  }

  private Target target() {
    return Arrays.stream(Target.values())
        .filter(one -> one.word().equals(target))
        .findFirst()
        .orElseThrow(() ->
            new Refusal(
                "TARGET_UNKNOWN",
                "--target is '%s'; expected one of %s"
                    .formatted(target, Arrays.stream(Target.values()).map(Target::word).toList())));
  }
}
