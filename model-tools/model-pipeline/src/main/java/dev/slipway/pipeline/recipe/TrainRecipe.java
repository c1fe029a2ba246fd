package dev.slipway.pipeline.recipe;

import dev.slipway.bundle.Digest;
import dev.slipway.dataset.Dataset;
import dev.slipway.dataset.DatasetException;
import dev.slipway.dataset.DatasetReader;
import dev.slipway.dataset.DatasetWriter;
import dev.slipway.dataset.Split;
import dev.slipway.dataset.Splitter;
import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.pipeline.Progress;
import dev.slipway.pipeline.Reason;
import dev.slipway.pipeline.evaluate.Answers;
import dev.slipway.pipeline.export.OnnxExport;
import dev.slipway.pipeline.features.ModelSchema;
import dev.slipway.pipeline.features.Preprocessing;
import dev.slipway.pipeline.features.Rows;
import dev.slipway.pipeline.features.TargetScale;
import dev.slipway.pipeline.train.Examples;
import dev.slipway.pipeline.train.ModelSearch;
import dev.slipway.pipeline.train.Scores;
import dev.slipway.pipeline.train.TorchEngine;
import dev.slipway.pipeline.train.TrainedModel;
import dev.slipway.pipeline.train.TrainingRecord;
import dev.slipway.runtime.LoadedModel;
import dev.slipway.runtime.RuntimeOptions;
import dev.slipway.spec.DatasetSettings;
import dev.slipway.spec.ModelSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * From a data file to a float model: read and check, share out, search, export, compare the export
 * with what was trained. The same file, specification and seed give the same model on one machine.
 */
public final class TrainRecipe {
  /** The graph computes in 32 bits, the reference in 64: differences beyond this are mistakes. */
  private static final double LARGEST_PARITY = 1e-3;

  private final ModelSpec spec;
  private final String hashKey;
  private final Supplier<TorchEngine> engine;
  private final RuntimeOptions runtime;

  /**
   * Prepares training.
   *
   * @param hashKey key of the hashes that replace personal values and share out the rows
   * @param engine starts PyTorch, when a perceptron is tried
   */
  public TrainRecipe(
      ModelSpec spec, String hashKey, Supplier<TorchEngine> engine, RuntimeOptions runtime) {
    this.spec = spec;
    this.hashKey = hashKey;
    this.engine = engine;
    this.runtime = runtime;
  }

  /**
   * Trains and writes every file of a {@link TrainFolder}.
   *
   * @throws PipelineRefusal naming everything that is wrong with the data
   */
  public TrainingRecord run(Path data, TrainFolder folder, Progress progress) {
    progress.report(0, "reading the data");
    ModelSearch search =
        new ModelSearch(SearchSettings.of(spec.training()), engine, spec.training().seed());
    Dataset dataset = read(data);
    String target = spec.data().target().orElseThrow();
    Split split = split(dataset, folder);
    ModelSchema schema = ModelSchema.of(dataset, target);
    Rows training = Rows.of(dataset, split.train());
    Rows validation = Rows.of(dataset, split.validation());
    Preprocessing preprocessing = Preprocessing.fit(schema, training);
    TargetScale scale = TargetScale.fit(schema, training);
    progress.report(
        5, "%d rows, %d features; training".formatted(dataset.rows(), preprocessing.width()));
    TrainedModel model =
        search.run(
            new Examples(preprocessing.apply(training), scale.apply(schema, training)),
            new Examples(preprocessing.apply(validation), scale.apply(schema, validation)),
            progress.within(5, 90));
    progress.report(90, "exporting to ONNX");
    OnnxExport.export(schema, preprocessing, model.network(), scale)
        .write(folder.file(TrainFolder.MODEL));
    folder.write(TrainFolder.SCHEMA, schema);
    double parity = parity(folder, schema, validation, preprocessing, scale, model);
    TrainingRecord record = record(data, dataset, split, model, parity);
    folder.write(TrainFolder.RECORD, record);
    progress.report(100, "trained: " + model.family());
    return record;
  }

  /**
   * Reads the data and writes the split files only, without training.
   *
   * @throws PipelineRefusal naming everything that is wrong with the data
   */
  public Dataset split(Path data, TrainFolder folder) {
    Dataset dataset = read(data);
    split(dataset, folder);
    return dataset;
  }

  private Split split(Dataset dataset, TrainFolder folder) {
    Split split =
        Splitter.split(dataset, DatasetSettings.shares(spec), spec.training().seed(), hashKey);
    writeSplit(dataset, split, spec.data().target().orElseThrow(), folder);
    return split;
  }

  private Dataset read(Path data) {
    if (spec.data().target().isEmpty()) {
      throw new PipelineRefusal("SPEC_TARGET_MISSING", "model.yaml names no data.target; add it");
    }
    try {
      return DatasetReader.read(data, DatasetSettings.of(spec, hashKey));
    } catch (DatasetException refused) {
      throw new PipelineRefusal(
          refused.problems().stream()
              .map(problem -> new Reason(problem.code(), problem.text()))
              .toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading " + data + " failed", unreadable);
    }
  }

  private static void writeSplit(Dataset dataset, Split split, String target, TrainFolder folder) {
    try {
      Files.createDirectories(folder.path().resolve("split"));
      DatasetWriter.write(dataset, split.train(), target, folder.file(TrainFolder.TRAIN));
      DatasetWriter.write(dataset, split.validation(), target, folder.file(TrainFolder.VALIDATION));
      DatasetWriter.write(dataset, split.test(), target, folder.file(TrainFolder.TEST));
    } catch (IOException unwritable) {
      throw new UncheckedIOException("writing the split failed", unwritable);
    }
  }

  /** The exported graph, run as serving runs it, against the network computed in double. */
  private double parity(
      TrainFolder folder,
      ModelSchema schema,
      Rows rows,
      Preprocessing preprocessing,
      TargetScale scale,
      TrainedModel model) {
    Scores scores = model.network().score(preprocessing.apply(rows));
    double largest = 0;
    try (LoadedModel loaded =
        LoadedModel.open(folder.file(TrainFolder.MODEL), Signatures.of(schema), runtime)) {
      Answers answers = Answers.of(loaded, schema, rows);
      for (int row = 0; row < rows.size(); row++) {
        for (int index = 0; index < answers.width(); index++) {
          double expected =
              schema.classifies()
                  ? scores.softmax(row, 1)[index]
                  : scores.get(row, index) * scale.deviation() + scale.mean();
          double off = Math.abs(answers.get(row, index) - expected);
          largest = Math.max(largest, schema.classifies() ? off : off / scale.deviation());
        }
      }
    }
    if (!(largest <= LARGEST_PARITY)) {
      throw new IllegalStateException(
          "the exported graph differs from the trained network by %s, expected at most %s"
              .formatted(largest, LARGEST_PARITY));
    }
    return largest;
  }

  private static TrainingRecord record(
      Path data, Dataset dataset, Split split, TrainedModel model, double parity) {
    try {
      return new TrainingRecord(
          model.family(),
          model.device(),
          model.network().parameters(),
          List.of(split.train().length, split.validation().length, split.test().length),
          dataset.lines(),
          model.trials(),
          model.curve(),
          parity,
          Digest.ofFile(data).hex());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading " + data + " failed", unreadable);
    }
  }
}
