package dev.slipway.pipeline.uploaded;

import dev.slipway.bundle.Datatype;
import dev.slipway.bundle.GoldenCase;
import dev.slipway.bundle.GoldenCases;
import dev.slipway.bundle.GoldenComparison;
import dev.slipway.bundle.InputTensor;
import dev.slipway.bundle.NamedTensor;
import dev.slipway.bundle.OutputTensor;
import dev.slipway.bundle.Shape;
import dev.slipway.bundle.json.JsonValue;
import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.pipeline.Reason;
import dev.slipway.runtime.LoadedModel;
import dev.slipway.runtime.ModelException;
import dev.slipway.runtime.ModelSignature;
import dev.slipway.runtime.Prediction;
import dev.slipway.runtime.RuntimeOptions;
import dev.slipway.runtime.Tensor;
import dev.slipway.spec.ModelSpec;
import dev.slipway.spec.TensorSpec;
import dev.slipway.spec.UploadedModelSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An admitted model with what is known about it: signature and requests to try it with. */
final class UploadedModel {
  private final ModelSignature signature;
  private final Optional<GoldenCases> golden;
  private final List<JsonValue> requests;
  private final Optional<RightAnswers> right;
  private final RuntimeOptions runtime;

  private UploadedModel(
      ModelSignature signature,
      Optional<GoldenCases> golden,
      List<JsonValue> requests,
      Optional<RightAnswers> right,
      RuntimeOptions runtime) {
    this.signature = signature;
    this.golden = golden;
    this.requests = List.copyOf(requests);
    this.right = right;
    this.runtime = runtime;
  }

  /**
   * {@return the model of a folder}
   *
   * @throws PipelineRefusal when nothing says what its inputs mean, or when model.yaml and graph
   *     differ
   */
  static UploadedModel open(UploadFolder folder, ModelSpec wanted, RuntimeOptions runtime) {
    UploadedModelSpec spec = wanted.model().orElse(UploadedModelSpec.UNSPECIFIED);
    Optional<GoldenCases> golden = folder.golden();
    if (golden.isEmpty() && folder.calibration().isEmpty() && spec.inputs().isEmpty()) {
      throw new PipelineRefusal(
          "UPLOAD_UNDESCRIBED",
          "nothing says how to ask this model; put golden requests (NAME.golden.json) or rows (NAME.calibration.csv) beside NAME.onnx, or describe model.inputs in model.yaml");
    }
    ModelSignature signature = signature(folder.model(), spec, runtime);
    List<JsonValue> requests = new ArrayList<>();
    golden.ifPresent(cases -> requests.addAll(Samples.of(cases.cases())));
    Optional<Samples.Calibration> rows =
        folder
            .calibration()
            .map(file -> Samples.calibration(file, signature.inputs(), wanted.data()));
    int first = requests.size();
    rows.ifPresent(found -> requests.addAll(found.requests()));
    Optional<RightAnswers> right =
        rows.filter(found -> !found.targets().isEmpty())
            .map(found ->
                RightAnswers.of(
                    wanted.task().isClassification(),
                    signature.outputs(),
                    spec.labels(),
                    found.targets(),
                    first));
    if (requests.isEmpty()) {
      requests.addAll(Samples.plain(signature.inputs()));
    }
    return new UploadedModel(signature, golden, requests, right, runtime);
  }

  private static ModelSignature signature(
      Path model, UploadedModelSpec spec, RuntimeOptions runtime) {
    try {
      ModelSignature graph = ModelSignature.read(model, runtime);
      List<InputTensor> inputs =
          spec.inputs().isEmpty()
              ? graph.inputs()
              : spec.inputs().stream()
                  .map(one -> new InputTensor(one.name(), datatype(one), shape(one), List.of()))
                  .toList();
      List<OutputTensor> outputs =
          spec.outputs().isEmpty()
              ? graph.outputs()
              : spec.outputs().stream()
                  .map(one -> new OutputTensor(one.name(), datatype(one), shape(one), List.of()))
                  .toList();
      return new ModelSignature(
          inputs, outputs.stream().map(one -> labelled(one, spec.labels())).toList());
    } catch (ModelException refused) {
      throw refusal(refused);
    }
  }

  private static Datatype datatype(TensorSpec tensor) {
    return Datatype.named(tensor.datatype().name())
        .orElseThrow(() ->
            new PipelineRefusal(
                "UPLOAD_DATATYPE",
                "model.yaml gives %s the datatype %s, which is not served; expected one of %s"
                    .formatted(tensor.name(), tensor.datatype(), List.of(Datatype.values()))));
  }

  private static Shape shape(TensorSpec tensor) {
    return Shape.of(tensor.shape().stream().mapToLong(Long::longValue).toArray());
  }

  /**
   * Probabilities are the floating output of two dimensions that is as wide as there are labels.
   */
  private static OutputTensor labelled(OutputTensor output, List<String> labels) {
    boolean fits =
        !labels.isEmpty()
            && output.datatype().isFloating()
            && output.shape().rank() == 2
            && output.shape().dimension(1) == labels.size();
    return fits
        ? new OutputTensor(output.name(), output.datatype(), output.shape(), labels)
        : output;
  }

  private static PipelineRefusal refusal(ModelException refused) {
    String message = refused.getMessage() + "";
    String prefix = refused.code().name() + ": ";
    return new PipelineRefusal(
        refused.code().name(),
        message.startsWith(prefix) ? message.substring(prefix.length()) : message);
  }

  /** {@return what the model takes and gives} */
  ModelSignature signature() {
    return signature;
  }

  /** {@return the golden requests that came with the model} */
  Optional<GoldenCases> golden() {
    return golden;
  }

  /** {@return every request to try} */
  List<JsonValue> requests() {
    return requests;
  }

  /** {@return what is right for the calibration rows, where they say it} */
  Optional<RightAnswers> right() {
    return right;
  }

  /**
   * {@return the answers of a form of the model to every request}
   *
   * @throws PipelineRefusal when it cannot be opened, throws, or gives an answer nobody must see
   */
  List<List<NamedTensor>> answers(Path form) {
    return answers(form, signature);
  }

  /** {@return the answers of another model of the signature {@code own} to every request} */
  List<List<NamedTensor>> answers(Path form, ModelSignature own) {
    List<List<NamedTensor>> answers = new ArrayList<>();
    try (LoadedModel model = LoadedModel.open(form, own, runtime)) {
      for (int index = 0; index < requests.size(); index++) {
        answers.add(answer(model, index));
      }
    } catch (ModelException refused) {
      throw refusal(refused);
    }
    return answers;
  }

  private List<NamedTensor> answer(LoadedModel model, int index) {
    String which = "request " + (index + 1) + " of " + requests.size();
    try {
      return switch (model.predict(RequestReader.tensors(requests.get(index)))) {
        case Prediction.Valid(List<Tensor> outputs) ->
            outputs.stream().map(Tensor::toNamed).toList();
        case Prediction.Invalid(List<String> problems) ->
            throw new PipelineRefusal(
                "MODEL_ANSWER_INVALID",
                "%s: the model's answer must not be served: %s"
                    .formatted(which, String.join("; ", problems)));
      };
    } catch (IllegalArgumentException wrong) {
      throw new PipelineRefusal("UPLOAD_GOLDEN_INVALID", which + ": " + wrong.getMessage());
    }
  }

  /** {@return how the answers differ from what the golden requests expect} */
  List<Reason> differences(List<List<NamedTensor>> answers) {
    List<Reason> reasons = new ArrayList<>();
    List<GoldenCase> cases = golden.map(GoldenCases::cases).orElse(List.of());
    for (int index = 0; index < cases.size(); index++) {
      for (String difference : GoldenComparison.differences(cases.get(index), answers.get(index))) {
        reasons.add(new Reason("GOLDEN_DIFFERS", difference));
      }
    }
    return reasons;
  }
}
