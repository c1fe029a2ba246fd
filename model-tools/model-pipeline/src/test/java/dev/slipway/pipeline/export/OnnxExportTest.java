package dev.slipway.pipeline.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.pipeline.CsvTables;
import dev.slipway.pipeline.evaluate.Answers;
import dev.slipway.pipeline.evaluate.RequestTensors;
import dev.slipway.pipeline.features.ModelSchema;
import dev.slipway.pipeline.features.ModelSchema.CategoryFeature;
import dev.slipway.pipeline.features.ModelSchema.NumberFeature;
import dev.slipway.pipeline.features.Preprocessing;
import dev.slipway.pipeline.features.Rows;
import dev.slipway.pipeline.features.TargetScale;
import dev.slipway.pipeline.recipe.Signatures;
import dev.slipway.pipeline.train.DenseWeights;
import dev.slipway.pipeline.train.FeatureMatrix;
import dev.slipway.pipeline.train.NetworkSpec;
import dev.slipway.pipeline.train.Scores;
import dev.slipway.pipeline.train.TrainedNetwork;
import dev.slipway.runtime.LoadedModel;
import dev.slipway.runtime.Prediction;
import dev.slipway.runtime.RuntimeOptions;
import dev.slipway.runtime.TextTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the graph says against what the network says, on rows with gaps and unknown words. */
class OnnxExportTest {
  private static final double LARGEST_DIFFERENCE = 1e-5;
  private static final List<String> WORDS = List.of("", "blue", "größe", "\uD83D\uDE00");
  private static final List<String> LABELS = List.of("ja", "nein", "\uD83D\uDE80");

  @TempDir private Path folder;

  @Test
  void classification_answersLikeTheNetwork() {
    ModelSchema schema = schema(LABELS);
    Rows rows = rows(schema);
    Preprocessing fitted = Preprocessing.fit(schema, rows);
    TrainedNetwork network = network(fitted.width(), LABELS.size());
    Scores expected = network.score(fitted.apply(rows));
    try (LoadedModel model = open(schema, fitted, network, new TargetScale(0, 1))) {
      Answers answers = Answers.of(model, schema, rows);
      for (int row = 0; row < rows.size(); row++) {
        double[] chances = expected.softmax(row, 1);
        for (int label = 0; label < chances.length; label++) {
          assertEquals(chances[label], answers.get(row, label), LARGEST_DIFFERENCE, "row " + row);
        }
      }
      assertEquals(expectedLabels(answers), labels(model, schema, rows));
      assertTrue(expectedLabels(answers).stream().distinct().count() > 1);
    }
  }

  @Test
  void regression_answersInTheUnitOfTheTarget() {
    ModelSchema schema = schema(List.of());
    Rows rows = rows(schema);
    Preprocessing fitted = Preprocessing.fit(schema, rows);
    TrainedNetwork network = network(fitted.width(), 1);
    TargetScale scale = new TargetScale(1000, 250);
    Scores expected = network.score(fitted.apply(rows));
    try (LoadedModel model = open(schema, fitted, network, scale)) {
      Answers answers = Answers.of(model, schema, rows);
      for (int row = 0; row < rows.size(); row++) {
        assertEquals(expected.get(row, 0) * 250 + 1000, answers.get(row, 0), 0.01, "row " + row);
      }
    }
  }

  @Test
  void constantColumn_hasNoInfluence() {
    ModelSchema schema = schema(LABELS);
    Preprocessing fitted = Preprocessing.fit(schema, rows(schema));
    FeatureMatrix features = fitted.apply(rows(schema));
    assertEquals(0, features.get(0, 2));
    assertEquals(0, fitted.inverseDeviation()[2]);
  }

  private LoadedModel open(
      ModelSchema schema, Preprocessing fitted, TrainedNetwork network, TargetScale scale) {
    Path file = folder.resolve("model.onnx");
    OnnxExport.export(schema, fitted, network, scale).write(file);
    return LoadedModel.open(file, Signatures.of(schema), RuntimeOptions.of(System.getenv()));
  }

  private static List<String> expectedLabels(Answers answers) {
    List<String> labels = new ArrayList<>();
    for (int row = 0; row < answers.rows(); row++) {
      labels.add(LABELS.get(answers.best(row)));
    }
    return labels;
  }

  private static List<String> labels(LoadedModel model, ModelSchema schema, Rows rows) {
    Prediction prediction = model.predict(RequestTensors.of(schema, rows));
    if (prediction instanceof Prediction.Valid valid
        && valid.outputs().getFirst() instanceof TextTensor text) {
      return text.values();
    }
    throw new AssertionError("no labels: " + prediction);
  }

  private static ModelSchema schema(List<String> labels) {
    return new ModelSchema(
        "y",
        List.of(number("a"), number("b"), number("constant")),
        List.of(new CategoryFeature("colour", false, WORDS, false)),
        labels);
  }

  private static NumberFeature number(String name) {
    return new NumberFeature(name, false, Optional.empty(), Optional.empty());
  }

  private static Rows rows(ModelSchema schema) {
    Random random = new Random(11);
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < 60; row++) {
      rows.add(
          List.of(
              row % 7 == 0 ? "" : Double.toString(random.nextGaussian() * 1e4),
              row == 3 ? "1e30" : Double.toString(random.nextGaussian() / 1e4),
              "0.1",
              row % 11 == 0 ? "unknown" : WORDS.get(row % WORDS.size()),
              schema.classifies() ? LABELS.get(row % 3) : "5"));
    }
    return Rows.of(CsvTables.of(List.of("a", "b", "constant", "colour", "y"), rows), schema);
  }

  private static TrainedNetwork network(int inputs, int outputs) {
    Random random = new Random(12);
    int hidden = 9;
    return new TrainedNetwork(
        NetworkSpec.perceptron(inputs, List.of(hidden), 0.2, outputs),
        List.of(dense(hidden, inputs, random), dense(outputs, hidden, random)));
  }

  private static DenseWeights dense(int units, int inputs, Random random) {
    float[] kernel = new float[units * inputs];
    float[] bias = new float[units];
    for (int index = 0; index < kernel.length; index++) {
      kernel[index] = (float) random.nextGaussian();
    }
    for (int index = 0; index < bias.length; index++) {
      bias[index] = (float) random.nextGaussian();
    }
    return new DenseWeights(units, inputs, kernel, bias);
  }
}
