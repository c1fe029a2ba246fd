package dev.slipway.onnx.quantize.input;

import dev.slipway.onnx.quantize.QuantizeException;
import dev.slipway.onnx.quantize.QuantizeException.Code;

/** Words for what is wrong with a file. */
final class Unreadable {
  private Unreadable() {}

  static QuantizeException file(Object where, String why) {
    return new QuantizeException(Code.CALIBRATION_UNREADABLE, where + ": " + why);
  }

  static QuantizeException file(Object where, String why, Throwable cause) {
    return new QuantizeException(Code.CALIBRATION_UNREADABLE, where + ": " + why, cause);
  }

  static QuantizeException mismatch(String why) {
    return new QuantizeException(Code.CALIBRATION_MISMATCH, why);
  }
}
