package dev.slipway.cli.quantize;

import dev.slipway.cli.Refusal;
import dev.slipway.cli.print.Console;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.quantize.AutoOptions;
import dev.slipway.onnx.quantize.AutoQuantizer;
import dev.slipway.onnx.quantize.CalibrationData;
import dev.slipway.onnx.quantize.Comparison;
import dev.slipway.onnx.quantize.Labels;
import dev.slipway.onnx.quantize.LayerNoise;
import dev.slipway.onnx.quantize.LayerOutcome;
import dev.slipway.onnx.quantize.QuantizeException;
import dev.slipway.onnx.quantize.QuantizeOptions;
import dev.slipway.onnx.quantize.QuantizeResult;
import dev.slipway.onnx.quantize.Quantizer;
import dev.slipway.onnx.quantize.Recipe;
import dev.slipway.onnx.quantize.input.CalibrationFiles;
import dev.slipway.onnx.quantize.input.LabelFiles;
import dev.slipway.onnx.quantize.report.Host;
import dev.slipway.onnx.quantize.report.QuantizationReport;
import dev.slipway.onnx.quantize.report.ReportPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Quantizes one file as asked, writes it and says what happened. Used once. */
public final class Quantization {
  /** Ranges from fewer samples than this say little. */
  private static final int LEAST_SAMPLES = 8;

  /** The layers' closeness is about the same with more. */
  private static final int LAYER_SAMPLES = 32;

  private final QuantizeRequest request;
  private final Console console;
  private final long start = System.nanoTime();

  private Quantization(QuantizeRequest request, Console console) {
    this.request = request;
    this.console = console;
  }

  /** {@return the report of what was written to the request's {@code out}} */
  public static QuantizationReport run(QuantizeRequest request, Console console) {
    return new Quantization(request, console).run();
  }

  private record Made(
      Optional<QuantizeResult> result,
      Optional<QuantizeOptions> options,
      Optional<Comparison> comparison,
      List<AutoQuantizer.Trial> trials) {}

  private QuantizationReport run() {
    Destinations.check(request);
    OnnxModel model = OnnxModel.read(request.in());
    Set<String> left = NodeChoice.leftInFloat(model, request.excluded(), request.included());
    Optional<CountedSamples> samples =
        request
            .calibration()
            .map(file -> new CountedSamples(CalibrationFiles.open(file, model), console));
    Optional<Labels> labels = labels(samples);
    Made made =
        request
            .recipe()
            .map(recipe -> apply(model, recipe, left, samples, labels))
            .orElseGet(() -> search(model, left, samples, labels));
    QuantizationReport report = report(model, made, samples);
    console.clearReplaced();
    made.result().map(QuantizeResult::model).orElse(model).write(request.out());
    request.report().ifPresent(file -> write(file, ReportPage.of(report)));
    return report;
  }

  private Optional<Labels> labels(Optional<CountedSamples> samples) {
    if (request.labels().isPresent() && samples.isEmpty()) {
      throw new Refusal("CALIBRATION_MISSING", "--labels needs the samples: give --calibration");
    }
    return request.labels().map(LabelFiles::open);
  }

  private Made apply(
      OnnxModel model,
      Recipe recipe,
      Set<String> left,
      Optional<CountedSamples> samples,
      Optional<Labels> labels) {
    QuantizeOptions options = new QuantizeOptions(recipe, request.target(), left);
    samples.ifPresent(set -> {
      set.step(recipe.word());
      if (recipe == Recipe.STATIC_INT8 && set.samples() < LEAST_SAMPLES) {
        throw new QuantizeException(
            QuantizeException.Code.CALIBRATION_TOO_FEW,
            "static-int8 measures ranges on samples; expected at least %d (better 100), found %d"
                .formatted(LEAST_SAMPLES, set.samples()));
      }
    });
    QuantizeResult result =
        Quantizer.quantize(
            model,
            options,
            samples.<CalibrationData>map(set -> set).orElseGet(CalibrationData::none));
    Optional<Comparison> comparison =
        samples.map(set -> {
          set.step("comparing");
          return Comparison.of(model, result.model(), set, labels);
        });
    return new Made(Optional.of(result), Optional.of(options), comparison, List.of());
  }

  private Made search(
      OnnxModel model,
      Set<String> left,
      Optional<CountedSamples> samples,
      Optional<Labels> labels) {
    CountedSamples set =
        samples.orElseThrow(() ->
            new Refusal(
                "CALIBRATION_MISSING",
                "auto compares what it makes with the float model on samples: give --calibration, or"
                    + " a recipe that needs none (dynamic-int8, fp16, weight-int8, weight-int4)"));
    AutoQuantizer.Choice choice =
        AutoQuantizer.quantize(
            model,
            set,
            new AutoOptions(
                request.target(),
                left,
                labels,
                request.maxDrop(),
                request.leastDecibel(),
                set::step));
    return new Made(
        choice.chosen(),
        choice.best().map(AutoQuantizer.Trial::options),
        choice.best().flatMap(AutoQuantizer.Trial::comparison),
        choice.trials());
  }

  private QuantizationReport report(OnnxModel model, Made made, Optional<CountedSamples> samples) {
    List<LayerOutcome> layers = made.result().map(QuantizeResult::layers).orElse(List.of());
    Map<String, Double> decibels =
        made.result().isPresent() && samples.isPresent()
            ? LayerNoise.of(
                model, made.result().get(), samples.get().part(place -> place < LAYER_SAMPLES))
            : Map.of();
    long before = model.toBytes().length;
    return new QuantizationReport(
        String.valueOf(request.in().getFileName()),
        made.options(),
        request.recipe().isEmpty(),
        samples.map(CountedSamples::samples).orElse(0),
        before,
        made.result().map(result -> (long) result.model().toBytes().length).orElse(before),
        (System.nanoTime() - start) / 1e9,
        layers,
        decibels,
        made.comparison(),
        made.trials(),
        Host.here());
  }

  private static void write(Path file, String text) {
    try {
      Path target = file.toAbsolutePath();
      Path part = target.resolveSibling("." + target.getFileName() + ".part");
      Files.writeString(part, text);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new Refusal("FILE_UNWRITABLE", file + " can't be written", failure);
    }
  }
}
