package dev.slipway.pipeline.recipe;

import dev.slipway.bundle.BundleDirectory;
import dev.slipway.bundle.BundleFile;
import dev.slipway.bundle.BundleWriter;
import dev.slipway.bundle.Digest;
import dev.slipway.bundle.GoldenCases;
import dev.slipway.bundle.LayerZip;
import dev.slipway.bundle.Lineage;
import dev.slipway.bundle.Manifest;
import dev.slipway.bundle.Metrics;
import dev.slipway.bundle.Task;
import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.pipeline.Progress;
import dev.slipway.pipeline.evaluate.Answers;
import dev.slipway.pipeline.evaluate.Bootstrap;
import dev.slipway.pipeline.evaluate.Gate;
import dev.slipway.pipeline.evaluate.Score;
import dev.slipway.pipeline.evaluate.TrivialPredictor;
import dev.slipway.pipeline.evaluate.Truth;
import dev.slipway.pipeline.features.ModelSchema;
import dev.slipway.pipeline.features.Rows;
import dev.slipway.pipeline.pack.BaselineMaker;
import dev.slipway.pipeline.pack.GoldenMaker;
import dev.slipway.pipeline.quantize.RecipeTrials;
import dev.slipway.pipeline.quantize.RecipeTrials.Form;
import dev.slipway.pipeline.quantize.RowSamples;
import dev.slipway.pipeline.report.Evaluation;
import dev.slipway.pipeline.report.Evaluation.Measured;
import dev.slipway.pipeline.report.Report;
import dev.slipway.pipeline.train.TrainingRecord;
import dev.slipway.runtime.LoadedModel;
import dev.slipway.runtime.ModelException;
import dev.slipway.runtime.OnnxRuntime;
import dev.slipway.runtime.RuntimeOptions;
import dev.slipway.spec.Metric;
import dev.slipway.spec.ModelSpec;
import dev.slipway.spec.Recipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * From a float model to a bundle: quantize in every form asked for, measure each on the test rows,
 * keep the smallest that passes the gate, pack it with golden requests, baseline and report. Equal
 * inputs give equal bytes.
 */
public final class PackageRecipe {
  private static final String SLIPWAY_VERSION = "0.1.0";

  private final ModelSpec spec;
  private final Origin origin;
  private final RuntimeOptions runtime;

  /** Prepares packaging. */
  public PackageRecipe(ModelSpec spec, Origin origin, RuntimeOptions runtime) {
    this.spec = spec;
    this.origin = origin;
    this.runtime = runtime.withThreads(1);
  }

  /**
   * A packed bundle.
   *
   * @param bundle its folder
   * @param layer the Lambda layer with its serving files
   * @param evaluation how every form did
   * @param chosen the form that is served
   */
  public record Packed(
      BundleDirectory bundle, Path layer, Evaluation evaluation, Measured chosen) {}

  /**
   * Packs a trained model.
   *
   * @param folder what training left
   * @param live bundle that serves now, to compare with
   * @param work an empty folder for models that are tried
   * @param target the bundle's folder, which must not exist; {@code layer.zip} is written beside it
   * @throws PipelineRefusal naming every bound of the gate that the model misses
   */
  public Packed run(
      TrainFolder folder,
      Optional<BundleDirectory> live,
      Path work,
      Path target,
      Progress progress) {
    ModelSchema schema = folder.schema();
    Evaluation evaluation = measure(folder, live, work, progress.within(0, 80));
    Measured chosen = choose(evaluation);
    progress.report(
        80,
        "packing %s, %s %.4f"
            .formatted(chosen.form().recipe(), evaluation.metric().word(), chosen.value()));
    BundleDirectory bundle = pack(folder, schema, evaluation, chosen, target);
    Path layer = target.resolveSibling(BundleFile.LAYER);
    LayerZip.write(bundle, layer);
    progress.report(100, "bundle " + bundle.digest().shortForm());
    return new Packed(bundle, layer, evaluation, chosen);
  }

  /**
   * {@return how every form that model.yaml asks for does on the test rows, without packing any}
   *
   * @param work an empty folder for models that are tried
   */
  public Evaluation measure(
      TrainFolder folder, Optional<BundleDirectory> live, Path work, Progress progress) {
    ModelSchema schema = folder.schema();
    Path floatModel = folder.file(TrainFolder.MODEL);
    progress.report(5, "quantizing");
    List<Form> forms =
        RecipeTrials.run(
                floatModel,
                RecipeTrials.asked(spec.packaging().quantize()),
                RowSamples.of(schema, folder.rows(TrainFolder.TRAIN)),
                work)
            .all();
    progress.report(50, "measuring %d forms on the test rows".formatted(forms.size()));
    return evaluate(folder, schema, forms, live);
  }

  private Evaluation evaluate(
      TrainFolder folder, ModelSchema schema, List<Form> forms, Optional<BundleDirectory> live) {
    Rows test = folder.rows(TrainFolder.TEST);
    Truth truth = Truth.of(schema, test);
    Metric metric =
        spec.packaging()
            .gate()
            .metric()
            .orElse(Metric.defaultFor(spec.task(), schema.labels().size()));
    Gate gate = new Gate(spec.packaging().gate(), metric);
    double floatValue = Score.of(metric, answers(forms.getLast().file(), schema, test), truth);
    OptionalDouble liveValue =
        live.map(bundle -> live(bundle, schema, test, truth, metric))
            .orElse(OptionalDouble.empty());
    double trivial =
        Score.of(
            metric,
            TrivialPredictor.answers(
                schema, Truth.of(schema, folder.rows(TrainFolder.TRAIN)), truth),
            truth);
    List<Measured> measured = new ArrayList<>();
    for (Form form : forms) {
      Answers answers = answers(form.file(), schema, test);
      double value = Score.of(metric, answers, truth);
      Bootstrap.Interval interval = Bootstrap.of(metric, answers, truth, spec.training().seed());
      Gate.Verdict verdict =
          gate.judge(new Gate.Measured(value, interval, floatValue, liveValue, trivial));
      measured.add(new Measured(form, value, interval, verdict, answers));
    }
    return new Evaluation(metric, floatValue, liveValue, trivial, test.size(), measured);
  }

  private Answers answers(Path model, ModelSchema schema, Rows rows) {
    try (LoadedModel loaded = LoadedModel.open(model, Signatures.of(schema), runtime)) {
      return Answers.of(loaded, schema, rows);
    }
  }

  /** A live model with other columns or classes cannot be asked these rows: nothing to compare. */
  private OptionalDouble live(
      BundleDirectory bundle, ModelSchema schema, Rows test, Truth truth, Metric metric) {
    try (LoadedModel loaded =
        LoadedModel.open(bundle.file(BundleFile.MODEL), Signatures.of(schema), runtime)) {
      return OptionalDouble.of(Score.of(metric, Answers.of(loaded, schema, test), truth));
    } catch (ModelException other) {
      return OptionalDouble.empty();
    }
  }

  /** The smallest quantized form that passes; the float one only if none does. */
  private Measured choose(Evaluation evaluation) {
    List<Measured> forms = evaluation.forms();
    Measured floatForm = forms.getLast();
    boolean floatAllowed =
        spec.packaging().quantize() == Recipe.AUTO || spec.packaging().quantize() == Recipe.NONE;
    Optional<Measured> smallest =
        forms.subList(0, forms.size() - 1).stream()
            .filter(Measured::passed)
            .min(Comparator.comparingLong(measured -> measured.form().bytes()));
    Measured best =
        smallest.orElse(floatAllowed || forms.size() == 1 ? floatForm : forms.getFirst());
    return switch (best.verdict()) {
      case Gate.Verdict.Accepted _ -> best;
      case Gate.Verdict.Refused(var reasons) -> throw new PipelineRefusal(reasons);
    };
  }

  private BundleDirectory pack(
      TrainFolder folder, ModelSchema schema, Evaluation evaluation, Measured chosen, Path target) {
    TrainingRecord record = folder.record();
    Manifest manifest = manifest(schema, record, evaluation, chosen);
    return new BundleWriter()
        .add(BundleFile.MODEL, chosen.form().file())
        .add(BundleFile.FLOAT_MODEL, folder.file(TrainFolder.MODEL))
        .add(BundleFile.GOLDEN, golden(folder, schema, chosen).write())
        .add(
            BundleFile.BASELINE,
            BaselineMaker.of(schema, folder.rows(TrainFolder.TRAIN), chosen.answers()).write())
        .add(
            BundleFile.REPORT,
            Report.html(
                    spec.name(),
                    schema,
                    record,
                    evaluation,
                    chosen,
                    Truth.of(schema, folder.rows(TrainFolder.TEST)))
                .getBytes(StandardCharsets.UTF_8))
        .write(target, manifest);
  }

  private GoldenCases golden(TrainFolder folder, ModelSchema schema, Measured chosen) {
    boolean integers = chosen.form().recipe().contains("int8");
    try (LoadedModel model =
        LoadedModel.open(chosen.form().file(), Signatures.of(schema), runtime)) {
      return new GoldenMaker(model, schema, integers).of(folder.rows(TrainFolder.TEST));
    }
  }

  private Manifest manifest(
      ModelSchema schema, TrainingRecord record, Evaluation evaluation, Measured chosen) {
    return new Manifest(
        spec.name(),
        Task.ofWord(spec.task().word()).orElseThrow(),
        Signatures.of(schema).inputs(),
        Signatures.of(schema).outputs(),
        List.of(),
        lineage(record),
        new dev.slipway.bundle.Recipe(
            chosen.form().recipe(),
            "any-x86",
            evaluation.forms().stream()
                .filter(form -> !form.equals(chosen))
                .map(PackageRecipe::score)
                .toList()),
        new Metrics(
            evaluation.metric().word(),
            OptionalDouble.of(evaluation.floatValue()),
            OptionalDouble.of(chosen.value()),
            Optional.of(new Metrics.Interval(chosen.interval().low(), chosen.interval().high())),
            evaluation.liveValue(),
            evaluation.rows()));
  }

  private static dev.slipway.bundle.Recipe.Score score(Measured form) {
    return new dev.slipway.bundle.Recipe.Score(
        form.form().recipe(), OptionalDouble.of(form.value()), form.form().bytes(), form.passed());
  }

  private Lineage lineage(TrainingRecord record) {
    return new Lineage(
        origin.bucket(),
        origin.key(),
        origin.versionId(),
        new Digest(record.datasetSha256()),
        Digest.of(spec.toJson().getBytes(StandardCharsets.UTF_8)),
        spec.training().seed(),
        SLIPWAY_VERSION,
        Runtime.version().toString(),
        OnnxRuntime.version(),
        record.trainer(),
        record.device());
  }
}
