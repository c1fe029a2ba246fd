package dev.slipway.cli.quantize;

import dev.slipway.onnx.quantize.Recipe;
import dev.slipway.onnx.quantize.Target;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What a person asks of one quantization.
 *
 * @param in the float model
 * @param out where the result goes
 * @param recipe empty to search for the best
 * @param target for which processors
 * @param calibration samples
 * @param labels what is right for each sample
 * @param maxDrop how much worse on labels a model may be
 * @param leastDecibel how close it must be without labels
 * @param excluded names or types of nodes that stay in float
 * @param included names or types of nodes outside of which all stay in float; empty for all
 * @param report where the page goes
 */
public record QuantizeRequest(
    Path in,
    Path out,
    Optional<Recipe> recipe,
    Target target,
    Optional<Path> calibration,
    Optional<Path> labels,
    double maxDrop,
    double leastDecibel,
    Set<String> excluded,
    Set<String> included,
    Optional<Path> report) {
  /** Keeps copies of the sets. */
  public QuantizeRequest {
    excluded = Set.copyOf(excluded);
    included = Set.copyOf(included);
  }
}
