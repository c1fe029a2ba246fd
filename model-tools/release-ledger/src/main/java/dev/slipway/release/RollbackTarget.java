package dev.slipway.release;

import java.util.Comparator;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Rule W12: where to go back to. The version that served before, if it is good and quiet; else the
 * newest good and quiet one; else the fallback.
 */
public final class RollbackTarget {
  private RollbackTarget() {}

  /**
   * {@return the best version to go back to; empty when there is none}
   *
   * @param head the state
   * @param unfit versions in ALARM, or that did not answer a direct invoke
   */
  public static OptionalInt choose(Head head, Set<Integer> unfit) {
    OptionalInt leaving = head.active().map(Release::candidate).orElse(head.stable());
    OptionalInt before =
        head.active()
            .filter(release -> release.proposal().kind() != ReleaseKind.ROLLBACK)
            .map(Release::baseline)
            .orElse(head.previousStable());
    IntStream newestFirst =
        head.versions().keySet().stream()
            .sorted(Comparator.reverseOrder())
            .filter(number -> !OptionalInt.of(number).equals(head.fallback()))
            .mapToInt(Integer::intValue);
    return IntStream.concat(
            before.stream(), IntStream.concat(newestFirst, head.fallback().stream()))
        .filter(number -> Backward.isTarget(head, leaving, number))
        .filter(number -> !unfit.contains(number))
        .findFirst();
  }
}
