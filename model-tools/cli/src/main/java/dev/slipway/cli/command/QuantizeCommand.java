package dev.slipway.cli.command;

import dev.slipway.cli.Refusal;
import dev.slipway.cli.print.Console;
import dev.slipway.cli.quantize.Quantization;
import dev.slipway.cli.quantize.QuantizeRequest;
import dev.slipway.onnx.quantize.AutoOptions;
import dev.slipway.onnx.quantize.AutoQuantizer;
import dev.slipway.onnx.quantize.Comparison;
import dev.slipway.onnx.quantize.LayerOutcome;
import dev.slipway.onnx.quantize.Recipe;
import dev.slipway.onnx.quantize.Target;
import dev.slipway.onnx.quantize.report.QuantizationReport;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
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
      "Make any ONNX model smaller and faster. Needs no model.yaml and no AWS.",
      "Safe on every x86-64 by default; layers that cannot be quantized stay in float and say why."
    },
    footer = {
      "",
      "Examples:",
      "  ./slipway quantize model.onnx small.onnx --calibration samples.npz",
      "  ./slipway quantize model.onnx small.onnx --calibration samples.npz --recipe dynamic-int8"
    })
final class QuantizeCommand implements Callable<Integer> {
  private static final String AUTO = "auto";

  @ParentCommand private SlipwayCommand parent;

  @Mixin private JsonOption options;

  @Parameters(index = "0", paramLabel = "IN", description = "The .onnx model to read.")
  private Path in = Path.of("");

  @Parameters(index = "1", paramLabel = "OUT", description = "The .onnx model to write.")
  private Path out = Path.of("");

  @Option(
      names = "--recipe",
      paramLabel = "RECIPE",
      description = {
        "auto, dynamic-int8, static-int8, fp16, weight-int8 or weight-int4.",
        "Default: auto with --calibration, else dynamic-int8."
      })
  private @Nullable String recipe;

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      description = "any-x86 (default), vnni or arm64.")
  private String target = Target.ANY_X86.word();

  @Option(
      names = "--calibration",
      paramLabel = "CAL",
      description = {
        "Some tens of real inputs: an .npz with one array per graph input, samples along axis 0;",
        "an .npy or a CSV; or a folder of .npy or .pb tensors."
      })
  private @Nullable Path calibration;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "What is right for each sample: .npy, .npz with 'labels', or .csv.")
  private @Nullable Path labels;

  @Option(
      names = "--max-drop",
      paramLabel = "SHARE",
      description =
          "With --labels: accuracy that may be lost, or growth of the error (default 0.005).")
  private double maxDrop = AutoOptions.DEFAULT_MAX_DROP;

  @Option(
      names = "--min-sqnr",
      paramLabel = "DB",
      description = "Without --labels: how close auto must come, in decibel (default 30).")
  private double leastDecibel = AutoOptions.DEFAULT_DECIBEL;

  @Option(
      names = "--exclude",
      paramLabel = "NAME",
      split = ",",
      description = "Nodes, by name or type, that stay in float.")
  private Set<String> excluded = Set.of();

  @Option(
      names = "--include",
      paramLabel = "NAME",
      split = ",",
      description = "Nodes, by name or type, to quantize; all others stay in float.")
  private Set<String> included = Set.of();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write a page (.html) with what was done and measured.")
  private @Nullable Path report;

  @Override
  public Integer call() {
    Console console = parent.context().console();
    if (!(maxDrop >= 0 && maxDrop <= 1)) {
      throw new Refusal("MAX_DROP_INVALID", "--max-drop is %s; expected 0 to 1".formatted(maxDrop));
    }
    QuantizationReport done =
        Quantization.run(
            new QuantizeRequest(
                in,
                out,
                recipe(),
                target(),
                Optional.ofNullable(calibration),
                Optional.ofNullable(labels),
                maxDrop,
                leastDecibel,
                excluded,
                included,
                Optional.ofNullable(report)),
            console);
    if (options.json()) {
      Map<String, Object> answer = new LinkedHashMap<>(done.asData());
      answer.put("out", out.toString());
      Optional.ofNullable(report).ifPresent(file -> answer.put("report", file.toString()));
      console.printJson(answer);
    } else {
      print(console, done);
    }
    return 0;
  }

  private void print(Console console, QuantizationReport done) {
    for (AutoQuantizer.Trial trial : done.trials()) {
      console.print(
          "%-12s %s%s"
              .formatted(
                  trial.options().recipe().word(),
                  trial.comparison().map(one -> figures(one, trial.bytes()) + "; ").orElse(""),
                  trial.why()));
    }
    for (LayerOutcome layer : done.layers()) {
      console.print(
          "%s %s %s: %s"
              .formatted(layer.quantized() ? "+" : "-", layer.type(), layer.node(), layer.why()));
    }
    done.comparison().ifPresent(one -> console.print(figures(one, done.bytesAfter())));
    long quantized = done.layers().stream().filter(LayerOutcome::quantized).count();
    console.print(
        "%s, %d of %d layers; %d → %d bytes"
            .formatted(
                "none".equals(done.recipe()) ? "kept in float" : done.recipe(),
                quantized,
                done.layers().size(),
                done.bytesBefore(),
                done.bytesAfter()));
    Optional.ofNullable(report).ifPresent(file -> console.print("Report: " + file));
  }

  private static String figures(Comparison one, long bytes) {
    String measured =
        one.roughMeasure()
            .map(rough ->
                String.format(
                    Locale.ROOT,
                    ", %s %.4f (float %.4f)",
                    rough.name(),
                    rough.value(),
                    one.exactMeasure().map(Comparison.Measure::value).orElse(Double.NaN)))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "%d bytes, %.1f dB%s, p50 %.0f µs (float %.0f), p99 %.0f µs (float %.0f)",
        bytes,
        one.decibel(),
        measured,
        one.roughTimes().p50(),
        one.exactTimes().p50(),
        one.roughTimes().p99(),
        one.exactTimes().p99());
  }

  /** {@return the recipe, empty to search for one} */
  private Optional<Recipe> recipe() {
    String word = recipe;
    if (word == null) {
      return calibration == null ? Optional.of(Recipe.DYNAMIC_INT8) : Optional.empty();
    }
    if (word.equals(AUTO)) {
      return Optional.empty();
    }
    Optional<Recipe> known = Recipe.ofWord(word);
    if (known.isEmpty()) {
      throw new Refusal(
          "RECIPE_UNKNOWN",
          "--recipe is '%s'; expected auto or one of %s"
              .formatted(word, Arrays.stream(Recipe.values()).map(Recipe::word).toList()));
    }
    return known;
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
