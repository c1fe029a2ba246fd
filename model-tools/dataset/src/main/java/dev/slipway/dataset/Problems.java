package dev.slipway.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Collects what is wrong, so that everything is reported at once; of a flood only the first. */
final class Problems {
  /** More than a person reads; one mistake in every row would otherwise fill a report. */
  static final int MOST = 50;

  private final List<DatasetProblem> found = new ArrayList<>();
  private final IntUnaryOperator lines;
  private int left;

  /**
   * Nothing found yet.
   *
   * @param lines from rows, counted from 0, to lines of the file
   */
  Problems(IntUnaryOperator lines) {
    this.lines = lines;
  }

  void add(DatasetProblem problem) {
    if (found.size() < MOST) {
      found.add(
          problem.row().isPresent()
              ? problem.onLine(lines.applyAsInt(problem.row().getAsInt() - 1))
              : problem);
    } else {
      left++;
    }
  }

  boolean isFull() {
    return found.size() >= MOST;
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  void check() throws DatasetException {
    if (found.isEmpty()) {
      return;
    }
    if (left > 0) {
      found.add(
          DatasetProblem.file("DATASET_MORE_PROBLEMS", left + " more problems are not listed"));
    }
    throw new DatasetException(found);
  }
}
