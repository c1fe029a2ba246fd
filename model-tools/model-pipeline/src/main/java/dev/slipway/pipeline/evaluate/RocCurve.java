package dev.slipway.pipeline.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The receiver operating characteristic of one class against the rest. */
public final class RocCurve {
  /**
   * A point of the curve.
   *
   * @param falsePositives share of the other rows that are above the threshold
   * @param truePositives share of the class's rows that are above the threshold
   */
  public record Point(double falsePositives, double truePositives) {}

  private RocCurve() {}

  /**
   * {@return the area under the curve: the chance that a row of the class gets a higher probability
   * than another one, ties counted half (Mann and Whitney's U)} With more than two classes it is
   * the mean over the classes that occur; 0.5 where no comparison is possible.
   */
  static double area(Answers answers, Truth truth, int[] rows) {
    int[] classes =
        answers.width() == 2 ? new int[] {1} : IntStream.range(0, answers.width()).toArray();
    double sum = 0;
    int compared = 0;
    for (int label : classes) {
      long positive = Arrays.stream(rows).filter(row -> truth.label(row) == label).count();
      if (positive > 0 && positive < rows.length) {
        sum += area(answers, truth, rows, label, positive);
        compared++;
      }
    }
    return compared == 0 ? 0.5 : sum / compared;
  }

  private static double area(Answers answers, Truth truth, int[] rows, int label, long positive) {
    int[] sorted = sorted(answers, rows, label, Comparator.naturalOrder());
    double rankSum = 0;
    for (int start = 0; start < sorted.length; ) {
      int end = start;
      while (end < sorted.length
          && answers.get(sorted[end], label) == answers.get(sorted[start], label)) {
        end++;
      }
      double rank = (start + 1 + end) / 2.0;
      for (int index = start; index < end; index++) {
        rankSum += truth.label(sorted[index]) == label ? rank : 0;
      }
      start = end;
    }
    double negative = (double) rows.length - positive;
    return (rankSum - positive * (positive + 1) / 2.0) / (positive * negative);
  }

  /** {@return the curve of one class over all rows, from (0, 0) to (1, 1)} */
  public static List<Point> points(Answers answers, Truth truth, int label) {
    int[] rows = IntStream.range(0, truth.rows()).toArray();
    int[] sorted = sorted(answers, rows, label, Comparator.reverseOrder());
    double positive = Arrays.stream(rows).filter(row -> truth.label(row) == label).count();
    double negative = rows.length - positive;
    List<Point> points = new ArrayList<>(List.of(new Point(0, 0)));
    int above = 0;
    int wrong = 0;
    for (int index = 0; index < sorted.length; index++) {
      if (truth.label(sorted[index]) == label) {
        above++;
      } else {
        wrong++;
      }
      boolean tie =
          index + 1 < sorted.length
              && answers.get(sorted[index + 1], label) == answers.get(sorted[index], label);
      if (!tie) {
        points.add(new Point(wrong / Math.max(1, negative), above / Math.max(1, positive)));
      }
    }
    return points;
  }

  private static int[] sorted(Answers answers, int[] rows, int label, Comparator<Double> order) {
    return Arrays.stream(rows)
        .boxed()
        .sorted(Comparator.comparing((Integer row) -> answers.get(row, label), order))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
