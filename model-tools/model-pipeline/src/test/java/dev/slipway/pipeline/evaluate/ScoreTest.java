package dev.slipway.pipeline.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.dataset.Table;
import dev.slipway.pipeline.CsvTables;
import dev.slipway.pipeline.features.ModelSchema;
import dev.slipway.pipeline.features.Rows;
import dev.slipway.spec.Metric;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreTest {
  private static final double EXACT = 1e-12;

  @Test
  void rocAuc_ofFourRowsWithATie_countsPairs() {
    // Pairs (positive, negative): 0.8>0.1, 0.8>0.4, 0.4=0.4 (half), 0.4>0.1: 3.5 of 4.
    Answers answers = positives(0.1, 0.4, 0.4, 0.8);
    assertEquals(0.875, Score.of(Metric.ROC_AUC, answers, labels("a", "a", "b", "b")), EXACT);
  }

  @Test
  void rocAuc_isWorstAndBestAtTheEnds() {
    Answers answers = positives(0.1, 0.2, 0.8, 0.9);
    assertEquals(1, Score.of(Metric.ROC_AUC, answers, labels("a", "a", "b", "b")), EXACT);
    assertEquals(0, Score.of(Metric.ROC_AUC, answers, labels("b", "b", "a", "a")), EXACT);
  }

  @Test
  void accuracyAndItsRelatives_ofAnUnevenTable_areAsByHand() {
    Answers answers = positives(0.1, 0.2, 0.9, 0.4);
    Truth truth = labels("a", "a", "a", "b");
    assertEquals(0.5, Score.of(Metric.ACCURACY, answers, truth), EXACT);
    assertEquals(1 / 3.0, Score.of(Metric.BALANCED_ACCURACY, answers, truth), EXACT);
    // a: 2·2 / (3 + 3); b: 0.
    assertEquals(1 / 3.0, Score.of(Metric.F1, answers, truth), EXACT);
  }

  @Test
  void logLoss_ofAnImpossibleAnswer_isFinite() {
    double loss = Score.of(Metric.LOG_LOSS, positives(0, 1), labels("b", "b"));
    assertTrue(loss > 17 && loss < 18, Double.toString(loss));
  }

  @Test
  void errorsOfNumbers_areAsByHand() {
    Answers answers = Answers.of(1, new double[] {1, 2, 5});
    Truth truth = numbers("1", "2", "3");
    assertEquals(Math.sqrt(4 / 3.0), Score.of(Metric.RMSE, answers, truth), EXACT);
    assertEquals(2 / 3.0, Score.of(Metric.MAE, answers, truth), EXACT);
    assertEquals(1 - 4 / 2.0, Score.of(Metric.R2, answers, truth), EXACT);
  }

  @Test
  void bootstrap_holdsTheValueAndRepeats() {
    double[] chances = new double[60];
    String[] labels = new String[60];
    for (int row = 0; row < chances.length; row++) {
      labels[row] = row % 2 == 0 ? "a" : "b";
      chances[row] = row % 2 == 0 ? 0.3 + 0.01 * (row % 7) : 0.33 + 0.01 * (row % 5);
    }
    Answers answers = positives(chances);
    double value = Score.of(Metric.ROC_AUC, answers, labels(labels));
    Bootstrap.Interval interval = Bootstrap.of(Metric.ROC_AUC, answers, labels(labels), 7);
    assertTrue(interval.low() < value && value < interval.high(), interval.toString());
    assertTrue(interval.high() - interval.low() < 0.4, interval.toString());
    assertEquals(interval, Bootstrap.of(Metric.ROC_AUC, answers, labels(labels), 7));
  }

  private static Answers positives(double... chances) {
    double[] both = new double[2 * chances.length];
    for (int row = 0; row < chances.length; row++) {
      both[2 * row] = 1 - chances[row];
      both[2 * row + 1] = chances[row];
    }
    return Answers.of(2, both);
  }

  private static Truth labels(String... labels) {
    return truth(List.of("a", "b"), labels);
  }

  private static Truth numbers(String... numbers) {
    return truth(List.of(), numbers);
  }

  private static Truth truth(List<String> labels, String... answers) {
    ModelSchema schema = new ModelSchema("y", List.of(), List.of(), labels);
    Table table = CsvTables.of(List.of("y"), Arrays.stream(answers).map(List::of).toList());
    return Truth.of(schema, Rows.of(table, schema));
  }
}
