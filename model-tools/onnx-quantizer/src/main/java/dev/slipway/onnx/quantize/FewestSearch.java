package dev.slipway.onnx.quantize;

import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** Finds the smallest number that is enough, where more is enough too, with few trials. */
final class FewestSearch {
  private FewestSearch() {}

  /**
   * {@return the smallest number from 1 to {@code most} that is enough} Doubles until one is, then
   * halves the gap to the last that was not.
   */
  static OptionalInt until(int most, IntPredicate isEnough) {
    int tooFew = 0;
    int trial = Math.min(1, most);
    while (trial > tooFew && !isEnough.test(trial)) {
      tooFew = trial;
      trial = Math.min(2 * trial, most);
    }
    if (trial == tooFew) {
      return OptionalInt.empty();
    }
    int enough = trial;
    while (enough - tooFew > 1) {
      int middle = (enough + tooFew) / 2;
      if (isEnough.test(middle)) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return OptionalInt.of(enough);
  }
}
