package dev.slipway.pipeline.offline;

import dev.slipway.onnx.quantize.Recipe;
import dev.slipway.pipeline.Progress;
import dev.slipway.pipeline.evaluate.Answers;
import dev.slipway.pipeline.evaluate.Score;
import dev.slipway.pipeline.evaluate.Truth;
import dev.slipway.pipeline.features.ModelSchema;
import dev.slipway.pipeline.features.Rows;
import dev.slipway.pipeline.quantize.RecipeTrials;
import dev.slipway.pipeline.quantize.RowSamples;
import dev.slipway.pipeline.recipe.Signatures;
import dev.slipway.pipeline.recipe.TrainFolder;
import dev.slipway.pipeline.recipe.TrainRecipe;
import dev.slipway.pipeline.train.TorchEngine;
import dev.slipway.pipeline.train.TrainingRecord;
import dev.slipway.runtime.LoadedModel;
import dev.slipway.runtime.RuntimeOptions;
import dev.slipway.spec.Metric;
import dev.slipway.spec.ModelSpec;
import dev.slipway.spec.TrainingSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Trains with several seeds, each of which moves split, search and weights, and measures each model
 * on its own test rows: one lucky split says little.
 */
public final class SeedStudy {
  private final ModelSpec spec;
  private final Supplier<TorchEngine> engine;
  private final RuntimeOptions runtime;

  /** Prepares a study. */
  public SeedStudy(ModelSpec spec, Supplier<TorchEngine> engine, RuntimeOptions runtime) {
    this.spec = spec;
    this.engine = engine;
    this.runtime = runtime;
  }

  /**
   * How one seed did.
   *
   * @param seed the seed
   * @param trainer family of the model that was kept
   * @param floatValue metric of the float model on the test rows
   * @param int8Value metric of the model in static 8 bits on the same rows; NaN if there is none
   * @param seconds training took
   */
  public record SeedResult(
      long seed, String trainer, double floatValue, double int8Value, double seconds) {}

  /**
   * How all seeds did.
   *
   * @param metric what was measured
   * @param seeds one entry per seed
   */
  public record Result(Metric metric, List<SeedResult> seeds) {
    /** Keeps a copy of the list. */
    public Result {
      seeds = List.copyOf(seeds);
    }

    /** {@return the mean of the float models} */
    public double meanFloat() {
      return seeds.stream().mapToDouble(SeedResult::floatValue).average().orElse(Double.NaN);
    }

    /** {@return the mean of the 8-bit models} */
    public double meanInt8() {
      return seeds.stream().mapToDouble(SeedResult::int8Value).average().orElse(Double.NaN);
    }

    /** {@return the result for people, one line per seed and one for the means} */
    public List<String> lines() {
      List<String> lines = new ArrayList<>();
      for (SeedResult one : seeds) {
        lines.add(
            String.format(
                Locale.ROOT,
                "seed %d: %s %s %.4f, int8 %.4f, %.1f s",
                one.seed(),
                one.trainer(),
                metric.word(),
                one.floatValue(),
                one.int8Value(),
                one.seconds()));
      }
      lines.add(
          String.format(
              Locale.ROOT,
              "mean of %d seeds: %s %.4f, int8 %.4f",
              seeds.size(),
              metric.word(),
              meanFloat(),
              meanInt8()));
      return lines;
    }
  }

  /**
   * {@return how the seeds 1 to {@code seeds} do}
   *
   * @param folder receives one folder per seed, {@code seed-1} …, with the split files
   */
  public Result run(Path data, int seeds, Path folder, Progress progress) {
    List<SeedResult> results = new ArrayList<>();
    Metric metric = Metric.ACCURACY;
    for (int seed = 1; seed <= seeds; seed++) {
      progress.report(100 * (seed - 1) / seeds, "seed %d of %d".formatted(seed, seeds));
      TrainFolder trained = new TrainFolder(created(folder.resolve("seed-" + seed)));
      long started = System.nanoTime();
      TrainingRecord record =
          new TrainRecipe(withSeed(seed), "seed study", engine, runtime)
              .run(data, trained, Progress.silent());
      double seconds = (System.nanoTime() - started) / 1e9;
      ModelSchema schema = trained.schema();
      metric = metric(schema);
      results.add(
          new SeedResult(
              seed,
              record.trainer(),
              score(trained.file(TrainFolder.MODEL), schema, trained, metric),
              int8(schema, trained, metric),
              seconds));
    }
    progress.report(100, "measured %d seeds".formatted(seeds));
    return new Result(metric, results);
  }

  private Metric metric(ModelSchema schema) {
    return spec.packaging()
        .gate()
        .metric()
        .orElse(Metric.defaultFor(spec.task(), schema.labels().size()));
  }

  private double score(Path model, ModelSchema schema, TrainFolder folder, Metric metric) {
    Rows test = folder.rows(TrainFolder.TEST);
    try (LoadedModel loaded = LoadedModel.open(model, Signatures.of(schema), runtime)) {
      return Score.of(metric, Answers.of(loaded, schema, test), Truth.of(schema, test));
    }
  }

  private double int8(ModelSchema schema, TrainFolder folder, Metric metric) {
    return RecipeTrials.run(
            folder.file(TrainFolder.MODEL),
            List.of(Recipe.STATIC_INT8),
            RowSamples.of(schema, folder.rows(TrainFolder.TRAIN)),
            folder.path())
        .quantized()
        .stream()
        .mapToDouble(form -> score(form.file(), schema, folder, metric))
        .findFirst()
        .orElse(Double.NaN);
  }

  private ModelSpec withSeed(long seed) {
    TrainingSpec given = spec.training();
    return new ModelSpec(
        spec.name(),
        spec.task(),
        spec.data(),
        new TrainingSpec(
            given.trainer(),
            given.search(),
            seed,
            given.device(),
            given.maxEpochs(),
            given.patience(),
            given.classWeights(),
            given.timeout()),
        spec.packaging(),
        spec.serving(),
        spec.release(),
        spec.model());
  }

  private static Path created(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("making " + folder + " failed", unwritable);
    }
  }
}
