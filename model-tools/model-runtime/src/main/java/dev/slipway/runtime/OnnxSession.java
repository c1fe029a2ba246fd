package dev.slipway.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.slipway.bundle.InputTensor;
import dev.slipway.bundle.OutputTensor;
import dev.slipway.runtime.ModelException.Code;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One ONNX Runtime session. {@link #run} is thread-safe, as {@code OrtSession.run} is. */
final class OnnxSession implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;

  private OnnxSession(OrtEnvironment environment, OrtSession session) {
    this.environment = environment;
    this.session = session;
  }

  static OnnxSession open(Path onnx, RuntimeOptions options) {
    OrtEnvironment environment = OnnxRuntime.environment();
    try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
      settings.setIntraOpNumThreads(options.threads());
      settings.setInterOpNumThreads(1);
      settings.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      if (!options.optimizing()) {
        settings.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      }
      settings.addConfigEntry("session.intra_op.allow_spinning", options.spinning() ? "1" : "0");
      return new OnnxSession(environment, environment.createSession(onnx.toString(), settings));
    } catch (OrtException e) {
      throw new ModelException(
          Code.MODEL_LOAD_FAILED,
          "ONNX Runtime cannot open "
              + onnx.getFileName()
              + ": "
              + e.getMessage()
              + ". Check that it is an ONNX model that ONNX Runtime "
              + environment.getVersion()
              + " supports.",
          e);
    }
  }

  ModelSignature signature() {
    try {
      List<InputTensor> inputs = new ArrayList<>();
      for (Map.Entry<String, NodeInfo> entry : session.getInputInfo().entrySet()) {
        OnnxTensors.Declared declared = OnnxTensors.declared(entry.getKey(), entry.getValue());
        inputs.add(
            new InputTensor(entry.getKey(), declared.datatype(), declared.shape(), List.of()));
      }
      List<OutputTensor> outputs = new ArrayList<>();
      for (Map.Entry<String, NodeInfo> entry : session.getOutputInfo().entrySet()) {
        OnnxTensors.Declared declared = OnnxTensors.declared(entry.getKey(), entry.getValue());
        outputs.add(
            new OutputTensor(entry.getKey(), declared.datatype(), declared.shape(), List.of()));
      }
      return new ModelSignature(inputs, outputs);
    } catch (OrtException e) {
      throw new ModelException(
          Code.MODEL_LOAD_FAILED, "ONNX Runtime cannot describe the model: " + e.getMessage(), e);
    }
  }

  List<Tensor> run(List<? extends Tensor> inputs, List<OutputTensor> wanted) {
    Map<String, OnnxTensor> given = new LinkedHashMap<>();
    try {
      for (Tensor input : inputs) {
        given.put(input.name(), OnnxTensors.toOnnx(environment, input));
      }
      Set<String> names = new LinkedHashSet<>();
      for (OutputTensor output : wanted) {
        names.add(output.name());
      }
      try (OrtSession.Result result = session.run(given, names)) {
        List<Tensor> outputs = new ArrayList<>();
        for (Map.Entry<String, OnnxValue> entry : result) {
          outputs.add(OnnxTensors.fromOnnx(entry.getKey(), entry.getValue()));
        }
        return outputs;
      }
    } catch (OrtException e) {
      throw new ModelException(
          Code.MODEL_RUN_FAILED, "the model failed while it ran: " + e.getMessage(), e);
    } finally {
      for (OnnxTensor tensor : given.values()) {
        tensor.close();
      }
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new ModelException(
          Code.MODEL_RUN_FAILED, "closing the session failed: " + e.getMessage(), e);
    }
  }
}
