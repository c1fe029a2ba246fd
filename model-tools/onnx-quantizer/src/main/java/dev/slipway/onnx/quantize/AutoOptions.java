package dev.slipway.onnx.quantize;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What {@link AutoQuantizer} may do.
 *
 * @param target for which processors
 * @param excluded names of nodes that stay in float in any case
 * @param labels what is right for each sample; without them closeness decides
 * @param maxDrop with labels: how much worse a model may be, in accuracy from 0 to 1, or as growth
 *     of the root mean squared error
 * @param leastDecibel without labels: how close a model must be
 * @param progress is told of each step in words
 */
public record AutoOptions(
    Target target,
    Set<String> excluded,
    Optional<Labels> labels,
    double maxDrop,
    double leastDecibel,
    Consumer<String> progress) {
  /** Half a point of accuracy. */
  public static final double DEFAULT_MAX_DROP = 0.005;

  /** An error of 3 % of the signal keeps nearly every decision of a classifier. */
  public static final double DEFAULT_DECIBEL = 30;

  /** Checks the limits. */
  public AutoOptions {
    excluded = Set.copyOf(excluded);
    if (!(maxDrop >= 0 && maxDrop <= 1)) {
      throw new IllegalArgumentException("the allowed drop is 0 to 1, found " + maxDrop);
    }
  }

  /** {@return options without labels: at least 30 dB on every x86-64} */
  public static AutoOptions defaults() {
    return new AutoOptions(
        Target.ANY_X86, Set.of(), Optional.empty(), DEFAULT_MAX_DROP, DEFAULT_DECIBEL, _ -> {});
  }
}
