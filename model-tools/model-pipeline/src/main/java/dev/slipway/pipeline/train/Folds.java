package dev.slipway.pipeline.train;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Cuts rows into parts of nearly equal size, every class spread over all of them. */
final class Folds {
  private Folds() {}

  /** {@return for each row, the number of the part that holds it out} */
  static int[] assign(Target target, int folds, Seeds seeds) {
    int[] fold = new int[target.rows()];
    int[] next = new int[target.outputs()];
    Arrays.setAll(next, label -> label % folds);
    for (int row : Seeds.shuffled(target.rows(), seeds.generator("folds"))) {
      int label = target instanceof Target.Classes classes ? classes.get(row) : 0;
      fold[row] = next[label];
      next[label] = (next[label] + 1) % folds;
    }
    return fold;
  }

  /** {@return the rows inside or outside one part, ascending} */
  static int[] rows(int[] fold, int number, boolean inside) {
    return IntStream.range(0, fold.length).filter(row -> (fold[row] == number) == inside).toArray();
  }
}
