package dev.slipway.pipeline.offline;

import dev.slipway.bundle.BundleDirectory;
import dev.slipway.bundle.BundleFile;
import dev.slipway.bundle.FileTree;
import dev.slipway.bundle.GoldenCase;
import dev.slipway.bundle.GoldenCases;
import dev.slipway.bundle.GoldenComparison;
import dev.slipway.dataset.Dataset;
import dev.slipway.pipeline.Progress;
import dev.slipway.pipeline.recipe.Origin;
import dev.slipway.pipeline.recipe.PackageRecipe;
import dev.slipway.pipeline.recipe.TrainFolder;
import dev.slipway.pipeline.recipe.TrainRecipe;
import dev.slipway.pipeline.report.Evaluation;
import dev.slipway.pipeline.train.TorchEngine;
import dev.slipway.pipeline.train.TrainingRecord;
import dev.slipway.pipeline.uploaded.RequestReader;
import dev.slipway.runtime.LoadedModel;
import dev.slipway.runtime.Prediction;
import dev.slipway.runtime.RuntimeOptions;
import dev.slipway.runtime.Tensor;
import dev.slipway.spec.ModelSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The steps on local folders. What training leaves in {@code OUT/train} the other steps read; the
 * bundle is written to {@code OUT/bundle}, its layer to {@code OUT/layer.zip}. Data that is refused
 * leaves the output folder as it was.
 */
public final class OfflinePipeline {
  private final ModelSpec spec;
  private final Path out;
  private final Path cache;
  private final RuntimeOptions runtime;

  /**
   * Prepares the steps of one model.
   *
   * @param out folder for everything that is written
   * @param cache folder for PyTorch's unpacked library, kept between runs
   */
  public OfflinePipeline(ModelSpec spec, Path out, Path cache, RuntimeOptions runtime) {
    this.spec = spec;
    this.out = out;
    this.cache = cache;
    this.runtime = runtime;
  }

  /** {@return what training leaves} */
  public TrainFolder trained() {
    return new TrainFolder(out.resolve("train"));
  }

  /** {@return where the bundle is written} */
  public Path bundle() {
    return out.resolve("bundle");
  }

  /**
   * {@return where {@link #dataset} writes the rows to learn from, to choose by and to judge by}
   */
  public Path split() {
    return out.resolve("split");
  }

  /**
   * {@return the data as it is understood} Writes the split files, so that anyone can compare.
   *
   * @throws dev.slipway.pipeline.PipelineRefusal naming everything that is wrong with the data
   */
  public Dataset dataset(Path data) {
    HashKey key = HashKey.of(out);
    Dataset dataset = recipe(key).split(data, new TrainFolder(out));
    key.keep();
    return dataset;
  }

  /**
   * Trains and exports. An earlier model stays until the new one is whole.
   *
   * @throws dev.slipway.pipeline.PipelineRefusal naming everything that is wrong with the data
   */
  public TrainingRecord train(Path data, Progress progress) {
    HashKey key = HashKey.of(out);
    TrainFolder unfinished = new TrainFolder(out.resolve("train.unfinished"));
    try {
      TrainingRecord record = recipe(key).run(data, unfinished, progress);
      key.keep();
      FileTree.delete(trained().path());
      Files.move(unfinished.path(), trained().path(), StandardCopyOption.ATOMIC_MOVE);
      return record;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(
          "putting " + trained().path() + " in place failed", unwritable);
    } finally {
      discard(unfinished.path());
    }
  }

  private TrainRecipe recipe(HashKey key) {
    return new TrainRecipe(spec, key.value(), this::engine, runtime);
  }

  private static void discard(Path folder) {
    try {
      FileTree.delete(folder);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("deleting " + folder + " failed", unwritable);
    }
  }

  /** {@return how each form of the trained model does on the test rows} */
  public Evaluation evaluate(Optional<Path> live, Progress progress) {
    return packaging("data").measure(trained(), live.map(this::open), work(), progress);
  }

  /** {@return how each of several seeds does on its own test rows} */
  public SeedStudy.Result study(Path data, int seeds, Progress progress) {
    return new SeedStudy(spec, this::engine, runtime)
        .run(data, seeds, out.resolve("seeds"), progress);
  }

  /**
   * Quantizes, judges and packs the trained model.
   *
   * @param dataName name of the data file, for the lineage
   * @param live bundle to compare with
   * @throws dev.slipway.pipeline.PipelineRefusal naming every bound of the gate that is missed
   */
  public PackageRecipe.Packed pack(String dataName, Optional<Path> live, Progress progress) {
    return packaging(dataName).run(trained(), live.map(this::open), work(), bundle(), progress);
  }

  /**
   * {@return everything that speaks against a bundle: digests are checked first, then its golden
   * requests are asked again; empty when nothing does}
   *
   * @throws dev.slipway.bundle.BundleException when a file is not what the manifest says
   */
  public static List<String> verify(Path bundle, RuntimeOptions runtime) {
    BundleDirectory checked = BundleDirectory.verify(bundle, BundleDirectory.Scope.ALL);
    List<String> problems = new ArrayList<>();
    try (LoadedModel model = LoadedModel.open(checked, runtime)) {
      GoldenCases golden = GoldenCases.read(Files.readAllBytes(checked.file(BundleFile.GOLDEN)));
      for (GoldenCase one : golden.cases()) {
        switch (model.predict(RequestReader.tensors(one.request()))) {
          case Prediction.Valid(List<Tensor> outputs) ->
              problems.addAll(
                  GoldenComparison.differences(
                      one, outputs.stream().map(Tensor::toNamed).toList()));
          case Prediction.Invalid(List<String> wrong) ->
              problems.add(one.name() + ": " + String.join("; ", wrong));
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading " + bundle + " failed", unreadable);
    }
    return problems;
  }

  private PackageRecipe packaging(String dataName) {
    return new PackageRecipe(spec, Origin.file(dataName), runtime);
  }

  private BundleDirectory open(Path bundle) {
    return BundleDirectory.verify(bundle, BundleDirectory.Scope.ALL);
  }

  private TorchEngine engine() {
    return TorchEngine.start(cache, TorchEngine.THREADS);
  }

  private Path work() {
    return create(out.resolve("forms"));
  }

  private static Path create(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("making " + folder + " failed", unwritable);
    }
  }
}
