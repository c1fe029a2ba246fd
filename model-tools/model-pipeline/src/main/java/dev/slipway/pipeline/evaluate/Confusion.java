package dev.slipway.pipeline.evaluate;

import java.util.stream.IntStream;

/** How often each class was taken for each other. Immutable. */
public final class Confusion {
  private final int[][] counts;

  private Confusion(int[][] counts) {
    this.counts = counts;
  }

  /** {@return the counts over the rows named} */
  public static Confusion of(Answers answers, Truth truth, int[] rows) {
    int[][] counts = new int[answers.width()][answers.width()];
    for (int row : rows) {
      counts[truth.label(row)][answers.best(row)]++;
    }
    return new Confusion(counts);
  }

  /** {@return the counts over all rows} */
  public static Confusion of(Answers answers, Truth truth) {
    return of(answers, truth, IntStream.range(0, truth.rows()).toArray());
  }

  /** {@return how many rows of the class {@code truth} were taken for {@code said}} */
  public int count(int truth, int said) {
    return counts[truth][said];
  }

  /** {@return how many classes there are} */
  public int classes() {
    return counts.length;
  }

  double balancedAccuracy() {
    double sum = 0;
    int present = 0;
    for (int label = 0; label < counts.length; label++) {
      int rows = IntStream.of(counts[label]).sum();
      if (rows > 0) {
        sum += (double) counts[label][label] / rows;
        present++;
      }
    }
    return sum / Math.max(1, present);
  }

  double meanF1() {
    double sum = 0;
    int present = 0;
    for (int label = 0; label < counts.length; label++) {
      int rows = IntStream.of(counts[label]).sum();
      int said = 0;
      for (int[] other : counts) {
        said += other[label];
      }
      if (rows > 0) {
        sum += 2.0 * counts[label][label] / (rows + said);
        present++;
      }
    }
    return sum / Math.max(1, present);
  }
}
