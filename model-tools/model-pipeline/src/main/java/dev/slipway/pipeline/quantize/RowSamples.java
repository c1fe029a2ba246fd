package dev.slipway.pipeline.quantize;

import dev.slipway.onnx.quantize.CalibrationData;
import dev.slipway.onnx.quantize.CalibrationTensor;
import dev.slipway.pipeline.evaluate.RequestTensors;
import dev.slipway.pipeline.features.ModelSchema;
import dev.slipway.pipeline.features.Rows;
import dev.slipway.pipeline.features.TensorNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Rows of a table as calibration samples. */
public final class RowSamples {
  /** More rows do not move the ranges of a table's model noticeably. */
  private static final int MOST_ROWS = 1024;

  private static final int BATCH = 64;

  private RowSamples() {}

  /** {@return the first rows, in batches} */
  public static CalibrationData of(ModelSchema schema, Rows rows) {
    Rows used = rows.part(0, MOST_ROWS);
    return () ->
        IntStream.range(0, Math.ceilDiv(used.size(), BATCH))
            .mapToObj(batch -> sample(schema, used.part(batch * BATCH, BATCH)))
            .iterator();
  }

  private static Map<String, CalibrationTensor> sample(ModelSchema schema, Rows rows) {
    Map<String, CalibrationTensor> sample = new HashMap<>();
    long count = rows.size();
    if (!schema.numbers().isEmpty()) {
      sample.put(
          TensorNames.FEATURES,
          new CalibrationTensor.Floats(
              List.of(count, (long) schema.numbers().size()),
              RequestTensors.numbers(schema, rows)));
    }
    for (int feature = 0; feature < schema.categories().size(); feature++) {
      sample.put(
          schema.categoryTensors().get(feature),
          new CalibrationTensor.Texts(List.of(count), RequestTensors.words(rows, feature)));
    }
    return sample;
  }
}
