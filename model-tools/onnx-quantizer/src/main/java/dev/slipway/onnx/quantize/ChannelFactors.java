package dev.slipway.onnx.quantize;

import java.util.List;

/**
 * By how much each channel of a value inside a quantized model is smaller than in the float model.
 *
 * @param axis of the channels; −1 is the last
 * @param factors one positive number per channel
 */
public record ChannelFactors(int axis, List<Float> factors) {
  /** Keeps a copy of the list. */
  public ChannelFactors {
    factors = List.copyOf(factors);
  }

  /** {@return the values as the float model has them} */
  float[] undo(float[] values, long[] shape) {
    int place = axis < 0 ? shape.length + axis : axis;
    int inner = 1;
    for (int i = place + 1; i < shape.length; i++) {
      inner *= Math.toIntExact(shape[i]);
    }
    float[] undone = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      undone[i] = values[i] * factors.get(i / inner % factors.size());
    }
    return undone;
  }
}
