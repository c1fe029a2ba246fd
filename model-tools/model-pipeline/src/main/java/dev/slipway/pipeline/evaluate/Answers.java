package dev.slipway.pipeline.evaluate;

import dev.slipway.bundle.TensorValues;
import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.pipeline.features.ModelSchema;
import dev.slipway.pipeline.features.Rows;
import dev.slipway.pipeline.features.TensorNames;
import dev.slipway.runtime.LoadedModel;
import dev.slipway.runtime.Prediction;
import dev.slipway.runtime.Tensor;
import java.util.List;

/** What a model says to some rows: a probability per class, or one number per row. Immutable. */
public final class Answers {
  private static final int BATCH = 256;

  private final int width;
  private final double[] values;

  private Answers(int width, double[] values) {
    this.width = width;
    this.values = values;
  }

  /** {@return answers given as numbers, row by row; for tests and for trivial predictors} */
  public static Answers of(int width, double[] values) {
    return new Answers(width, values.clone());
  }

  /**
   * {@return what a model says to the rows, asked as serving asks it}
   *
   * @throws PipelineRefusal if an answer is invalid, for example not a number
   */
  public static Answers of(LoadedModel model, ModelSchema schema, Rows rows) {
    int width = schema.classifies() ? schema.labels().size() : 1;
    String output = schema.classifies() ? TensorNames.PROBABILITIES : TensorNames.PREDICTION;
    double[] values = new double[rows.size() * width];
    for (int first = 0; first < rows.size(); first += BATCH) {
      Rows part = rows.part(first, BATCH);
      TensorValues.Numbers numbers = ask(model, RequestTensors.of(schema, part), output);
      for (int index = 0; index < numbers.size(); index++) {
        values[first * width + index] = numbers.get(index);
      }
    }
    return new Answers(width, values);
  }

  private static TensorValues.Numbers ask(
      LoadedModel model, List<Tensor> inputs, String outputName) {
    return switch (model.predict(inputs)) {
      case Prediction.Valid(List<Tensor> outputs) ->
          outputs.stream()
              .filter(output -> output.name().equals(outputName))
              .map(output -> output.toNamed().values())
              .filter(TensorValues.Numbers.class::isInstance)
              .map(TensorValues.Numbers.class::cast)
              .findFirst()
              .orElseThrow(() ->
                  new PipelineRefusal(
                      "MODEL_OUTPUT_MISSING",
                      "the model has no output of numbers named " + outputName));
      case Prediction.Invalid(List<String> problems) ->
          throw new PipelineRefusal(
              "MODEL_ANSWER_INVALID",
              "the model gives an invalid answer to a row of the data: "
                  + String.join("; ", problems));
    };
  }

  /** {@return how many rows} */
  public int rows() {
    return values.length / width;
  }

  /** {@return how many numbers per row} */
  public int width() {
    return width;
  }

  /** {@return one number: the probability of a class, or with index 0 the predicted number} */
  public double get(int row, int index) {
    return values[row * width + index];
  }

  /** {@return the most probable class of a row} */
  public int best(int row) {
    int best = 0;
    for (int index = 1; index < width; index++) {
      best = get(row, index) > get(row, best) ? index : best;
    }
    return best;
  }
}
