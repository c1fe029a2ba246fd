package dev.slipway.pipeline.evaluate;

import dev.slipway.bundle.Shape;
import dev.slipway.pipeline.features.ModelSchema;
import dev.slipway.pipeline.features.Rows;
import dev.slipway.pipeline.features.TensorNames;
import dev.slipway.runtime.NumberTensor;
import dev.slipway.runtime.Tensor;
import dev.slipway.runtime.TextTensor;
import java.util.ArrayList;
import java.util.List;

/** Rows as the tensors that a request brings. */
public final class RequestTensors {
  private RequestTensors() {}

  /** {@return one tensor per input of the model} */
  public static List<Tensor> of(ModelSchema schema, Rows rows) {
    List<Tensor> tensors = new ArrayList<>();
    if (!schema.numbers().isEmpty()) {
      tensors.add(
          NumberTensor.ofFloats(
              TensorNames.FEATURES,
              Shape.of(rows.size(), schema.numbers().size()),
              numbers(schema, rows)));
    }
    for (int feature = 0; feature < schema.categories().size(); feature++) {
      tensors.add(TextTensor.of(schema.categoryTensors().get(feature), words(rows, feature)));
    }
    return tensors;
  }

  /** {@return the numeric features, row by row; NaN where one is missing} */
  public static float[] numbers(ModelSchema schema, Rows rows) {
    int width = schema.numbers().size();
    float[] values = new float[rows.size() * width];
    for (int row = 0; row < rows.size(); row++) {
      for (int feature = 0; feature < width; feature++) {
        values[row * width + feature] = (float) rows.number(row, feature);
      }
    }
    return values;
  }

  /** {@return the words of one category feature; empty where one is missing} */
  public static List<String> words(Rows rows, int feature) {
    List<String> words = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      words.add(rows.word(row, feature));
    }
    return words;
  }
}
