package dev.slipway.pipeline.pack;

import dev.slipway.bundle.Baseline;
import dev.slipway.bundle.ColumnProfile;
import dev.slipway.bundle.ColumnProfile.Quantile;
import dev.slipway.pipeline.evaluate.Answers;
import dev.slipway.pipeline.features.ModelSchema;
import dev.slipway.pipeline.features.Rows;
import dev.slipway.pipeline.features.TensorNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/** Profiles the rows that were learnt from, and the answers to held-out rows. */
public final class BaselineMaker {
  private static final double[] PROBABILITIES = {0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1};

  private BaselineMaker() {}

  /** {@return the profile of every input column and every output} */
  public static Baseline of(ModelSchema schema, Rows training, Answers answers) {
    List<ColumnProfile> inputs = new ArrayList<>();
    for (int feature = 0; feature < schema.numbers().size(); feature++) {
      int column = feature;
      inputs.add(
          numbers(
              schema.numbers().get(feature).name(),
              training.size(),
              row -> training.number(row, column)));
    }
    for (int feature = 0; feature < schema.categories().size(); feature++) {
      inputs.add(words(schema.categories().get(feature), training, feature));
    }
    return new Baseline(inputs, outputs(schema, answers));
  }

  private static List<ColumnProfile> outputs(ModelSchema schema, Answers answers) {
    List<ColumnProfile> outputs = new ArrayList<>();
    if (schema.classifies()) {
      TreeMap<String, Long> counts = new TreeMap<>();
      for (int row = 0; row < answers.rows(); row++) {
        counts.merge(schema.labels().get(answers.best(row)), 1L, Long::sum);
      }
      outputs.add(ColumnProfile.Categorical.plain(TensorNames.LABEL, answers.rows(), 0, counts));
    } else {
      outputs.add(numbers(TensorNames.PREDICTION, answers.rows(), row -> answers.get(row, 0)));
    }
    return outputs;
  }

  private static ColumnProfile numbers(String name, int rows, IntToDoubleFunction value) {
    double[] all = new double[rows];
    int present = 0;
    for (int row = 0; row < rows; row++) {
      double number = value.applyAsDouble(row);
      if (!Double.isNaN(number)) {
        all[present++] = number;
      }
    }
    double[] sorted = Arrays.copyOf(all, present);
    Arrays.sort(sorted);
    double mean = Arrays.stream(sorted).average().orElse(0);
    double squares = Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).sum();
    List<Quantile> quantiles = new ArrayList<>();
    for (double probability : present == 0 ? new double[0] : PROBABILITIES) {
      int index = Math.clamp((long) Math.ceil(probability * present) - 1, 0, present - 1);
      quantiles.add(new Quantile(probability, sorted[index]));
    }
    return new ColumnProfile.Numeric(
        name,
        rows,
        rows - present,
        present == 0 ? OptionalDouble.empty() : OptionalDouble.of(mean),
        present < 2
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.sqrt(squares / (present - 1))),
        quantiles);
  }

  private static ColumnProfile words(ModelSchema.CategoryFeature feature, Rows rows, int index) {
    SortedMap<String, Long> counts = new TreeMap<>();
    long missing = 0;
    for (int row = 0; row < rows.size(); row++) {
      String word = rows.word(row, index);
      if (word.isEmpty()) {
        missing++;
      } else {
        counts.merge(word, 1L, Long::sum);
      }
    }
    return new ColumnProfile.Categorical(
        feature.name(), rows.size(), missing, counts, feature.hashed());
  }
}
