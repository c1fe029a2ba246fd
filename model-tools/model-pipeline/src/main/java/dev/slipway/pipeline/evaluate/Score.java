package dev.slipway.pipeline.evaluate;

import dev.slipway.spec.Metric;
import java.util.stream.IntStream;

/** Computes a metric over chosen rows. Stateless. */
public final class Score {
  private static final double LEAST_CHANCE = 1e-15;

  private Score() {}

  /** {@return the metric over all rows} */
  public static double of(Metric metric, Answers answers, Truth truth) {
    return of(metric, answers, truth, IntStream.range(0, truth.rows()).toArray());
  }

  /** {@return the metric over the rows named, which may repeat} */
  public static double of(Metric metric, Answers answers, Truth truth, int[] rows) {
    return switch (metric) {
      case ROC_AUC -> RocCurve.area(answers, truth, rows);
      case ACCURACY -> accuracy(answers, truth, rows);
      case BALANCED_ACCURACY -> Confusion.of(answers, truth, rows).balancedAccuracy();
      case F1 -> Confusion.of(answers, truth, rows).meanF1();
      case LOG_LOSS -> logLoss(answers, truth, rows);
      case R2 -> 1 - squares(answers, truth, rows) / variation(truth, rows);
      case RMSE -> Math.sqrt(squares(answers, truth, rows) / rows.length);
      case MAE -> absolute(answers, truth, rows) / rows.length;
    };
  }

  private static double accuracy(Answers answers, Truth truth, int[] rows) {
    double right = 0;
    for (int row : rows) {
      right += answers.best(row) == truth.label(row) ? 1 : 0;
    }
    return right / rows.length;
  }

  private static double logLoss(Answers answers, Truth truth, int[] rows) {
    double sum = 0;
    for (int row : rows) {
      sum -= Math.log(Math.max(LEAST_CHANCE, answers.get(row, truth.label(row))));
    }
    return sum / rows.length;
  }

  private static double squares(Answers answers, Truth truth, int[] rows) {
    double sum = 0;
    for (int row : rows) {
      double off = answers.get(row, 0) - truth.number(row);
      sum += off * off;
    }
    return sum;
  }

  private static double absolute(Answers answers, Truth truth, int[] rows) {
    double sum = 0;
    for (int row : rows) {
      sum += Math.abs(answers.get(row, 0) - truth.number(row));
    }
    return sum;
  }

  private static double variation(Truth truth, int[] rows) {
    double mean = 0;
    for (int row : rows) {
      mean += truth.number(row) / rows.length;
    }
    double sum = 0;
    for (int row : rows) {
      sum += Math.pow(truth.number(row) - mean, 2);
    }
    return sum > 0 ? sum : Double.MIN_NORMAL;
  }
}
