package dev.slipway.pipeline.uploaded;

import dev.slipway.bundle.Datatype;
import dev.slipway.bundle.json.JsonValue;
import dev.slipway.onnx.quantize.CalibrationData;
import dev.slipway.onnx.quantize.CalibrationTensor;
import dev.slipway.runtime.NumberTensor;
import dev.slipway.runtime.Tensor;
import dev.slipway.runtime.TextTensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Requests as calibration samples. */
final class RequestSamples {
  /** Ranges hardly move beyond. */
  private static final int MOST = 512;

  private RequestSamples() {}

  static CalibrationData of(List<JsonValue> requests) {
    return () -> requests.stream().limit(MOST).map(RequestSamples::sample).iterator();
  }

  private static Map<String, CalibrationTensor> sample(JsonValue request) {
    Map<String, CalibrationTensor> sample = new HashMap<>();
    for (Tensor tensor : RequestReader.tensors(request)) {
      List<Long> shape = LongStream.of(tensor.shape().toArray()).boxed().toList();
      switch (tensor) {
        case TextTensor text ->
            sample.put(tensor.name(), new CalibrationTensor.Texts(shape, text.values()));
        case NumberTensor number when number.datatype() == Datatype.INT64 -> {
          long[] values = new long[number.size()];
          for (int index = 0; index < values.length; index++) {
            values[index] = number.getLong(index);
          }
          sample.put(tensor.name(), new CalibrationTensor.Longs(shape, values));
        }
        case NumberTensor number -> {
          float[] values = new float[number.size()];
          for (int index = 0; index < values.length; index++) {
            values[index] = (float) number.getDouble(index);
          }
          sample.put(tensor.name(), new CalibrationTensor.Floats(shape, values));
        }
      }
    }
    return sample;
  }
}
