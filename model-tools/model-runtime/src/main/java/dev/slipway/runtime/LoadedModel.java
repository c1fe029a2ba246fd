package dev.slipway.runtime;

import dev.slipway.bundle.BundleDirectory;
import dev.slipway.bundle.BundleFile;
import java.nio.file.Path;
import java.util.List;

/**
 * A model that is ready to predict.
 *
 * <p>{@link #predict} may be called by several threads at once. Whoever opens it closes it, after
 * the last prediction has returned; predicting after that throws.
 */
public final class LoadedModel implements AutoCloseable {
  private final OnnxSession session;
  private final ModelSignature signature;
  private final OutputCheck check;

  private LoadedModel(OnnxSession session, ModelSignature signature) {
    this.session = session;
    this.signature = signature;
    this.check = new OutputCheck(signature.outputs());
  }

  /**
   * Opens the served model of a checked bundle.
   *
   * @param bundle a bundle as {@link BundleDirectory#verify} gives it
   * @param options how ONNX Runtime is to work
   * @return the model, to be closed by the caller
   * @throws ModelException when ONNX Runtime refuses it or its graph has another signature
   */
  public static LoadedModel open(BundleDirectory bundle, RuntimeOptions options) {
    return open(bundle.file(BundleFile.MODEL), ModelSignature.of(bundle.manifest()), options);
  }

  /**
   * Opens an ONNX file that is not in a bundle (yet), as evaluation does.
   *
   * @param onnx the model
   * @param signature what it takes and promises
   * @param options how ONNX Runtime is to work
   * @return the model, to be closed by the caller
   * @throws ModelException when ONNX Runtime refuses it or its graph has another signature
   */
  public static LoadedModel open(Path onnx, ModelSignature signature, RuntimeOptions options) {
    OnnxSession session = OnnxSession.open(onnx, options);
    try {
      SignatureCheck.check(signature, session.signature(), onnx);
      return new LoadedModel(session, signature);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** {@return what the model takes and promises} */
  public ModelSignature signature() {
    return signature;
  }

  /**
   * {@return the model's answer, checked}
   *
   * @param inputs one tensor per input of the signature, in any order
   * @throws ModelException with {@code MODEL_INPUT_INVALID} when they do not fit the signature,
   *     with {@code MODEL_RUN_FAILED} when the model fails
   */
  public Prediction predict(List<? extends Tensor> inputs) {
    InputCheck.check(signature, inputs);
    List<Tensor> outputs = session.run(inputs, signature.outputs());
    List<String> problems = check.problems(inputs, outputs, signature.inputs());
    return problems.isEmpty() ? new Prediction.Valid(outputs) : new Prediction.Invalid(problems);
  }

  @Override
  public void close() {
    session.close();
  }
}
