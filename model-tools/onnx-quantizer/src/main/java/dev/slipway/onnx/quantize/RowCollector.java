package dev.slipway.onnx.quantize;

/** Looks at a value while the model runs on calibration data. Not thread-safe. */
@FunctionalInterface
interface RowCollector {
  /** Takes what it wants of one sample's value; the array belongs to the caller. */
  void offer(float[] values, long[] shape);
}
