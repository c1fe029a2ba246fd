package dev.slipway.cli.bench.quantize;

import dev.slipway.cli.Refusal;
import dev.slipway.cli.print.Console;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.quantize.CalibrationArchive;
import dev.slipway.onnx.quantize.CalibrationSet;
import dev.slipway.onnx.quantize.Comparison;
import dev.slipway.onnx.quantize.QuantizeOptions;
import dev.slipway.onnx.quantize.QuantizeResult;
import dev.slipway.onnx.quantize.Quantizer;
import dev.slipway.onnx.quantize.Recipe;
import dev.slipway.onnx.quantize.bench.SampleNetwork;
import dev.slipway.onnx.quantize.bench.SampleNetworks;
import dev.slipway.onnx.quantize.input.CalibrationFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Quantizes the sample networks with our recipes and the anchor's, on the same samples. */
public final class QuantizeBench {
  private static final long SEED = 7;
  private static final int CALIBRATION = 32;
  private static final int TEST = 16;
  private static final double QUICK = 0.1;

  private final Path folder;
  private final boolean quick;
  private final Optional<Anchor> anchor;
  private final Console console;
  private final List<QuantizeRow> rows = new ArrayList<>();

  private QuantizeBench(Path folder, boolean quick, Optional<Anchor> anchor, Console console) {
    this.folder = folder;
    this.quick = quick;
    this.anchor = anchor;
    this.console = console;
  }

  /**
   * The figures.
   *
   * @param rows one map per network and recipe
   * @param markdown the same as a table
   * @param anchored whether the Python anchor was there
   */
  public record Result(List<Map<String, Object>> rows, String markdown, boolean anchored) {
    /** Keeps a copy of the list. */
    public Result {
      rows = List.copyOf(rows);
    }
  }

  /**
   * {@return the figures}
   *
   * @param home below which models and the anchor's packages are written
   * @param quick small networks, for a minute instead of many
   * @param withAnchor whether the Python anchor is wanted
   */
  public static Result run(Path home, boolean quick, boolean withAnchor, Console console) {
    Path folder = home.resolve("bench").resolve("quantize");
    try {
      Files.createDirectories(folder);
      Optional<Anchor> anchor = withAnchor ? Anchor.find(home) : Optional.empty();
      if (withAnchor && anchor.isEmpty()) {
        console.progress(
            "The Python anchor is absent: python3 with venv, or its packages, cannot be had here.");
      }
      QuantizeBench bench = new QuantizeBench(folder, quick, anchor, console);
      for (SampleNetwork.Kind kind : SampleNetwork.Kind.values()) {
        bench.network(kind);
      }
      String table = QuantizeRow.markdown(bench.rows);
      Files.writeString(folder.resolve("table.md"), table);
      return new Result(
          bench.rows.stream().map(QuantizeRow::asData).toList(), table, anchor.isPresent());
    } catch (IOException failure) {
      throw new Refusal("FILE_UNWRITABLE", folder + " can't be written", failure);
    }
  }

  private void network(SampleNetwork.Kind kind) throws IOException {
    console.progress("bench: " + kind.word());
    SampleNetwork network = SampleNetworks.of(kind, quick ? QUICK : 1, SEED);
    Path place = Files.createDirectories(folder.resolve(kind.word()));
    Path file = place.resolve("float.onnx");
    Path archive = place.resolve("calibration.npz");
    network.model().write(file);
    CalibrationArchive.write(
        CalibrationSet.of(network.samples(CALIBRATION, SEED), CALIBRATION), archive);
    CalibrationSet test = CalibrationSet.of(network.samples(TEST, SEED + 1), TEST);
    for (Recipe recipe : List.of(Recipe.STATIC_INT8, Recipe.DYNAMIC_INT8)) {
      ours(kind, file, archive, recipe, test);
    }
    if (anchor.isPresent()) {
      for (Anchor.Made made : anchor.get().quantize(file, archive, place)) {
        Optional<OnnxModel> model = made.model().map(OnnxModel::read);
        rows.add(
            model.isPresent()
                ? row(
                    kind,
                    "anchor",
                    made.recipe(),
                    network.model(),
                    model.get(),
                    test,
                    made.seconds())
                : new QuantizeRow(
                    kind.word(), "anchor", made.recipe(), 0, 0, 0, 0, Optional.of(made.why())));
      }
    }
  }

  private void ours(
      SampleNetwork.Kind kind, Path file, Path archive, Recipe recipe, CalibrationSet test) {
    long start = System.nanoTime();
    OnnxModel model = OnnxModel.read(file);
    QuantizeResult result =
        Quantizer.quantize(
            model, QuantizeOptions.of(recipe), CalibrationFiles.open(archive, model));
    result.model().write(file.resolveSibling(recipe.word() + ".onnx"));
    double seconds = (System.nanoTime() - start) / 1e9;
    rows.add(row(kind, "slipway", recipe.word(), model, result.model(), test, seconds));
  }

  private static QuantizeRow row(
      SampleNetwork.Kind kind,
      String maker,
      String recipe,
      OnnxModel exact,
      OnnxModel rough,
      CalibrationSet test,
      double seconds) {
    Comparison comparison = Comparison.of(exact, rough, test, Optional.empty());
    return new QuantizeRow(
        kind.word(),
        maker,
        recipe,
        comparison.decibel(),
        (double) rough.toBytes().length / exact.toBytes().length,
        comparison.exactTimes().p50() / comparison.roughTimes().p50(),
        seconds,
        Optional.empty());
  }
}
