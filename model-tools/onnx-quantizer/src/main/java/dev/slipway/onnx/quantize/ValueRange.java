package dev.slipway.onnx.quantize;

/**
 * The values an activation takes.
 *
 * @param minimum at most 0: zero must be exact, for padding and ReLU
 * @param maximum at least 0
 */
record ValueRange(float minimum, float maximum) {
  private static final int LEVELS = 255;

  static final ValueRange NOTHING = new ValueRange(0, 0);

  ValueRange with(float value) {
    return new ValueRange(Math.min(minimum, value), Math.max(maximum, value));
  }

  /** Scale of unsigned 8-bit numbers over this range; 1 where everything is 0. */
  float scale() {
    float scale = (maximum - minimum) / LEVELS;
    return scale > Float.MIN_NORMAL ? scale : 1;
  }

  int zeroPoint() {
    return Math.clamp(Math.round(-minimum / scale()), 0, LEVELS);
  }
}
