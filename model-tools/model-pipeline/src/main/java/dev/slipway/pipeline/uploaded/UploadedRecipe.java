package dev.slipway.pipeline.uploaded;

import dev.slipway.bundle.Baseline;
import dev.slipway.bundle.BundleDirectory;
import dev.slipway.bundle.BundleFile;
import dev.slipway.bundle.BundleWriter;
import dev.slipway.bundle.Digest;
import dev.slipway.bundle.GoldenCase;
import dev.slipway.bundle.GoldenCases;
import dev.slipway.bundle.GoldenComparison;
import dev.slipway.bundle.LayerZip;
import dev.slipway.bundle.Lineage;
import dev.slipway.bundle.Manifest;
import dev.slipway.bundle.NamedTensor;
import dev.slipway.bundle.Task;
import dev.slipway.onnx.graph.admission.Admission;
import dev.slipway.onnx.graph.admission.AdmissionLimits;
import dev.slipway.onnx.graph.admission.Refusal;
import dev.slipway.onnx.graph.admission.Verdict;
import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.pipeline.Progress;
import dev.slipway.pipeline.Reason;
import dev.slipway.pipeline.evaluate.Gate;
import dev.slipway.pipeline.quantize.RecipeTrials;
import dev.slipway.pipeline.quantize.RecipeTrials.Form;
import dev.slipway.pipeline.recipe.Origin;
import dev.slipway.runtime.OnnxRuntime;
import dev.slipway.runtime.RuntimeOptions;
import dev.slipway.spec.ModelSpec;
import dev.slipway.spec.Recipe;
import dev.slipway.spec.UploadedModelSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * From a finished model to a bundle. The model must be admitted, survive a first run in a process
 * of its own, and answer its golden requests; a quantized form must answer like the float one.
 */
public final class UploadedRecipe {
  private static final int GOLDEN_CASES = 8;
  private static final double FLOAT_TOLERANCE = 1e-4;

  /** What a golden request may differ on another processor when the model computes in 8 bits. */
  private static final double INT8_TOLERANCE = 1e-2;

  /** How far a quantized form may be from the float one where no golden request says. */
  private static final double AGREEMENT = 2e-2;

  /** The share of requests on which a quantized form may be further away. */
  private static final double DISAGREEING = 0.01;

  private final ModelSpec spec;
  private final Origin origin;
  private final RuntimeOptions runtime;
  private final ProbeProcess probe;

  /** Prepares packaging. */
  public UploadedRecipe(ModelSpec spec, Origin origin, RuntimeOptions runtime) {
    this(spec, origin, runtime, ProbeProcess.usual());
  }

  UploadedRecipe(ModelSpec spec, Origin origin, RuntimeOptions runtime, ProbeProcess probe) {
    this.spec = spec;
    this.origin = origin;
    this.runtime = runtime.withThreads(1);
    this.probe = probe;
  }

  /**
   * A packed bundle.
   *
   * @param bundle its folder
   * @param layer the Lambda layer with its serving files
   * @param recipe the form that is served
   * @param facts what a person wants to know of it, also how it compares with the live model
   */
  public record Packed(
      BundleDirectory bundle, Path layer, String recipe, Map<String, Object> facts) {
    /** Keeps a copy of the facts. */
    public Packed {
      facts = Map.copyOf(facts);
    }
  }

  private record Judged(
      Form form,
      List<List<NamedTensor>> answers,
      Optional<UploadGate.Measured> measured,
      String objection) {
    boolean passed() {
      return objection.isEmpty();
    }
  }

  /**
   * Packs the model of a folder.
   *
   * @param live bundle that serves now, to compare with
   * @param work an empty folder for quantized forms
   * @param target the bundle's folder, which must not exist
   * @throws PipelineRefusal with everything that speaks against the model
   */
  public Packed run(
      UploadFolder folder,
      Optional<BundleDirectory> live,
      Path work,
      Path target,
      Progress progress) {
    progress.report(5, "admission");
    String sha256 = admit(folder.model());
    progress.report(
        20,
        "first run in a process of its own, "
            + (probe.network().isMade() ? "without network" : "with the job's network"));
    folder.writeSpec(spec);
    probe.run(folder);
    UploadedModel model = UploadedModel.open(folder, spec, runtime);
    progress.report(40, "comparing with the live model");
    List<List<NamedTensor>> found = model.answers(folder.model());
    Optional<LiveComparison> compared = live.map(bundle -> LiveComparison.of(bundle, model, found));
    compared.ifPresent(this::refuseOtherSchema);
    Optional<UploadGate> gate =
        UploadGate.of(spec, model, found, compared.map(LiveComparison::answers).orElse(List.of()));
    progress.report(50, "quantizing");
    List<Judged> judged = judge(model, gate, folder, found, work);
    Judged chosen = choose(judged);
    progress.report(80, "packing " + chosen.form().recipe());
    UploadEvidence evidence =
        new UploadEvidence(
            model, gate, chosen.measured(), compared, chosen.form().recipe(), rows(judged, chosen));
    BundleDirectory bundle = pack(evidence, folder, sha256, judged, chosen, target);
    Path layer = target.resolveSibling(BundleFile.LAYER);
    LayerZip.write(bundle, layer);
    progress.report(100, "bundle " + bundle.digest().shortForm());
    return new Packed(bundle, layer, chosen.form().recipe(), evidence.facts());
  }

  /** Who describes the inputs in model.yaml has said what clients are to send. */
  private void refuseOtherSchema(LiveComparison compared) {
    boolean meant = !spec.model().orElse(UploadedModelSpec.UNSPECIFIED).inputs().isEmpty();
    if (!compared.differences().isEmpty() && !meant) {
      throw new PipelineRefusal(compared.differences());
    }
  }

  private static String admit(Path model) {
    return switch (Admission.check(model, AdmissionLimits.defaults())) {
      case Verdict.Admitted admitted -> admitted.sha256();
      case Verdict.Refused(List<Refusal> refusals) ->
          throw new PipelineRefusal(
              refusals.stream()
                  .map(refusal -> new Reason(refusal.code().name(), refusal.message()))
                  .toList());
    };
  }

  /** The float form first. Without golden requests or rows there is nothing to judge others by. */
  private List<Judged> judge(
      UploadedModel model,
      Optional<UploadGate> gate,
      UploadFolder folder,
      List<List<NamedTensor>> expected,
      Path work) {
    Optional<UploadGate.Measured> measured = gate.map(one -> one.measure(expected));
    measured.map(UploadGate.Measured::verdict).ifPresent(UploadedRecipe::refuseBelowTheGate);
    boolean evidence = model.golden().isPresent() || folder.calibration().isPresent();
    RecipeTrials.Tried tried =
        evidence ? forms(model, folder, work) : RecipeTrials.none(folder.model());
    List<Judged> judged = new ArrayList<>();
    judged.add(new Judged(tried.unchanged(), expected, measured, ""));
    tried.quantized().forEach(form -> judged.add(judge(model, gate, form, expected)));
    return judged;
  }

  private static void refuseBelowTheGate(Gate.Verdict verdict) {
    switch (verdict) {
      case Gate.Verdict.Accepted() -> {}
      case Gate.Verdict.Refused(List<Reason> reasons) -> throw new PipelineRefusal(reasons);
    }
  }

  private RecipeTrials.Tried forms(UploadedModel model, UploadFolder folder, Path work) {
    List<dev.slipway.onnx.quantize.Recipe> asked =
        new ArrayList<>(RecipeTrials.asked(spec.packaging().quantize()));
    if (folder.calibration().isEmpty()) {
      // Ranges from a handful of golden requests would cut off what they happen not to show.
      asked.remove(dev.slipway.onnx.quantize.Recipe.STATIC_INT8);
    }
    return RecipeTrials.run(folder.model(), asked, RequestSamples.of(model.requests()), work);
  }

  private static Judged judge(
      UploadedModel model, Optional<UploadGate> gate, Form form, List<List<NamedTensor>> expected) {
    try {
      List<List<NamedTensor>> found = model.answers(form.file());
      Optional<UploadGate.Measured> measured = gate.map(one -> one.measure(found));
      return new Judged(form, found, measured, objection(model, measured, expected, found));
    } catch (PipelineRefusal refusal) {
      return new Judged(form, List.of(), Optional.empty(), refusal.getMessage() + "");
    }
  }

  private static String objection(
      UploadedModel model,
      Optional<UploadGate.Measured> measured,
      List<List<NamedTensor>> expected,
      List<List<NamedTensor>> found) {
    List<Reason> golden = model.differences(found);
    if (!golden.isEmpty()) {
      return golden.getFirst().toString();
    }
    if (measured.isPresent()
        && measured.get().verdict() instanceof Gate.Verdict.Refused(List<Reason> reasons)) {
      return reasons.getFirst().toString();
    }
    int off = 0;
    for (int index = 0; index < found.size(); index++) {
      GoldenCase like =
          new GoldenCase("row", model.requests().get(index), expected.get(index), AGREEMENT);
      off += GoldenComparison.differences(like, found.get(index)).isEmpty() ? 0 : 1;
    }
    return off <= DISAGREEING * found.size()
        ? ""
        : "answers %d of %d requests unlike the float model".formatted(off, found.size());
  }

  private Judged choose(List<Judged> judged) {
    Recipe asked = spec.packaging().quantize();
    boolean floatAllowed = asked == Recipe.AUTO || asked == Recipe.NONE || judged.size() == 1;
    Optional<Judged> smallest =
        judged.stream()
            .skip(1)
            .filter(Judged::passed)
            .min(Comparator.comparingLong(one -> one.form().bytes()));
    if (smallest.isEmpty() && !floatAllowed) {
      throw new PipelineRefusal(
          judged.stream()
              .skip(1)
              .map(one ->
                  new Reason("RECIPE_DISAGREES", one.form().recipe() + ": " + one.objection()))
              .toList());
    }
    return smallest.orElse(judged.getFirst());
  }

  private BundleDirectory pack(
      UploadEvidence evidence,
      UploadFolder folder,
      String sha256,
      List<Judged> judged,
      Judged chosen,
      Path target) {
    UploadedModel model = evidence.model();
    Manifest manifest =
        new Manifest(
            spec.name(),
            Task.ofWord(spec.task().word()).orElseThrow(),
            model.signature().inputs(),
            model.signature().outputs(),
            List.of(),
            lineage(sha256),
            recipe(judged, chosen),
            evidence.metrics());
    return new BundleWriter()
        .add(BundleFile.MODEL, chosen.form().file())
        .add(BundleFile.FLOAT_MODEL, folder.model())
        .add(BundleFile.GOLDEN, golden(model, chosen).write())
        .add(BundleFile.BASELINE, new Baseline(List.of(), List.of()).write())
        .add(
            BundleFile.REPORT,
            UploadReport.html(spec.name(), evidence).getBytes(StandardCharsets.UTF_8))
        .write(target, manifest);
  }

  private static List<UploadReport.Row> rows(List<Judged> judged, Judged chosen) {
    return judged.stream()
        .map(one ->
            new UploadReport.Row(
                one.form().recipe(), one.form().bytes(), one.objection(), one.equals(chosen)))
        .toList();
  }

  private static dev.slipway.bundle.Recipe recipe(List<Judged> judged, Judged chosen) {
    return new dev.slipway.bundle.Recipe(
        chosen.form().recipe(),
        "any-x86",
        judged.stream()
            .filter(one -> !one.equals(chosen))
            .map(one ->
                new dev.slipway.bundle.Recipe.Score(
                    one.form().recipe(), OptionalDouble.empty(), one.form().bytes(), one.passed()))
            .toList());
  }

  /** The owner's golden requests; without any, the first requests with the model's own answers. */
  private static GoldenCases golden(UploadedModel model, Judged chosen) {
    if (model.golden().isPresent()) {
      return model.golden().get();
    }
    double tolerance = chosen.form().recipe().contains("int8") ? INT8_TOLERANCE : FLOAT_TOLERANCE;
    List<GoldenCase> cases = new ArrayList<>();
    for (int index = 0; index < Math.min(GOLDEN_CASES, chosen.answers().size()); index++) {
      cases.add(
          new GoldenCase(
              "row-" + (index + 1),
              model.requests().get(index),
              chosen.answers().get(index),
              tolerance));
    }
    return new GoldenCases(cases);
  }

  private Lineage lineage(String sha256) {
    return new Lineage(
        origin.bucket(),
        origin.key(),
        origin.versionId(),
        new Digest(sha256),
        Digest.of(spec.toJson().getBytes(StandardCharsets.UTF_8)),
        spec.training().seed(),
        "0.1.0",
        Runtime.version().toString(),
        OnnxRuntime.version(),
        "onnx",
        "none");
  }
}
