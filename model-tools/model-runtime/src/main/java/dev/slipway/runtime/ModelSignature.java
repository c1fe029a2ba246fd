package dev.slipway.runtime;

import dev.slipway.bundle.InputTensor;
import dev.slipway.bundle.Manifest;
import dev.slipway.bundle.OutputTensor;
import java.nio.file.Path;
import java.util.List;

/**
 * The inputs that a model takes and the outputs that it promises.
 *
 * @param inputs the inputs
 * @param outputs the outputs
 */
public record ModelSignature(List<InputTensor> inputs, List<OutputTensor> outputs) {
  public ModelSignature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * {@return the signature in a manifest}
   *
   * @param manifest the manifest of a bundle
   */
  public static ModelSignature of(Manifest manifest) {
    return new ModelSignature(manifest.inputs(), manifest.outputs());
  }

  /**
   * {@return the signature that an ONNX file declares, without columns and labels}
   *
   * @param onnx an ONNX model that has been admitted
   * @param options how to open it
   * @throws ModelException when it cannot be opened, or has inputs or outputs that are no tensors
   *     of a datatype that Slipway serves
   */
  public static ModelSignature read(Path onnx, RuntimeOptions options) {
    try (OnnxSession session = OnnxSession.open(onnx, options)) {
      return session.signature();
    }
  }
}
