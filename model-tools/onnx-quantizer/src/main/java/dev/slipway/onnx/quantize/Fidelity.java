package dev.slipway.onnx.quantize;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.slipway.onnx.graph.OnnxModel;

/** Compares the float outputs of two models on the same inputs. Stateless and thread-safe. */
public final class Fidelity {
  private Fidelity() {}

  /**
   * {@return the signal-to-quantization-noise ratio 10 · log10(Σ y² / Σ (y − ŷ)²) over all 32-bit
   * float outputs and samples, in decibel; infinite if they are equal. Outputs that are not finite
   * in the float model do not count}
   *
   * @throws QuantizeException if there is no sample or a model fails on one
   */
  public static double decibel(OnnxModel exact, OnnxModel rough, CalibrationData samples) {
    Noise noise = new Noise();
    int count =
        SideBySide.open(
            exact,
            rough,
            OptLevel.ALL_OPT,
            (first, second) -> SideBySide.run(first, second, samples, noise::add));
    if (count == 0) {
      throw SideBySide.noSamples();
    }
    return noise.decibel();
  }
}
