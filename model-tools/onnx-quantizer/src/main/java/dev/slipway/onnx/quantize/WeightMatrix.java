package dev.slipway.onnx.quantize;

/** Weights of a MatMul or Gemm as 8-bit numbers: [inputs][outputs], one scale per output. */
final class WeightMatrix {
  private final int inputs;
  private final int outputs;
  private final byte[] values;
  private final float[] scales;

  private WeightMatrix(int inputs, int outputs, byte[] values, float[] scales) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.values = values;
    this.scales = scales;
  }

  /**
   * Rounds to nearest under a symmetric scale per output, s = max|w| / largest.
   *
   * @param weights row-major [inputs][outputs], or [outputs][inputs] when transposed
   */
  static WeightMatrix of(
      float[] weights, int inputs, int outputs, boolean transposed, int largest) {
    byte[] values = new byte[weights.length];
    float[] scales = new float[outputs];
    for (int output = 0; output < outputs; output++) {
      float peak = 0;
      for (int input = 0; input < inputs; input++) {
        peak = Math.max(peak, Math.abs(weights[index(input, output, inputs, outputs, transposed)]));
      }
      float scale = peak > Float.MIN_NORMAL * largest ? peak / largest : 1;
      scales[output] = scale;
      for (int input = 0; input < inputs; input++) {
        float weight = weights[index(input, output, inputs, outputs, transposed)];
        long rounded = Math.round((double) weight / scale);
        values[input * outputs + output] = (byte) Math.clamp(rounded, -largest, largest);
      }
    }
    return new WeightMatrix(inputs, outputs, values, scales);
  }

  private static int index(int input, int output, int inputs, int outputs, boolean transposed) {
    return transposed ? output * inputs + input : input * outputs + output;
  }

  long[] shape() {
    return new long[] {inputs, outputs};
  }

  byte[] values() {
    return values;
  }

  float[] scales() {
    return scales;
  }

  int outputs() {
    return outputs;
  }
}
