package dev.slipway.onnx.quantize;

import java.util.HashSet;
import java.util.Set;

/**
 * What is asked of the quantizer.
 *
 * @param recipe how
 * @param target for which processors
 * @param excluded names of nodes that stay in float; for a node without one, its first output
 * @param ranges how calibration chooses the ranges of activations
 * @param improvements what is done beyond plain rounding; those that do not fit the recipe do
 *     nothing
 */
public record QuantizeOptions(
    Recipe recipe,
    Target target,
    Set<String> excluded,
    RangeMethod ranges,
    Set<Improvement> improvements) {
  /** Keeps copies of the sets. */
  public QuantizeOptions {
    excluded = Set.copyOf(excluded);
    improvements = Set.copyOf(improvements);
  }

  /** Takes the improvements that cost nothing when running. */
  public QuantizeOptions(Recipe recipe, Target target, Set<String> excluded, RangeMethod ranges) {
    this(recipe, target, excluded, ranges, Improvement.free());
  }

  /** Chooses ranges by least squared error. */
  public QuantizeOptions(Recipe recipe, Target target, Set<String> excluded) {
    this(recipe, target, excluded, RangeMethod.MEAN_SQUARED_ERROR);
  }

  /** {@return these options with another way of choosing ranges} */
  public QuantizeOptions with(RangeMethod method) {
    return new QuantizeOptions(recipe, target, excluded, method, improvements);
  }

  /** {@return these options with other improvements} */
  public QuantizeOptions improving(Set<Improvement> others) {
    return new QuantizeOptions(recipe, target, excluded, ranges, others);
  }

  /** {@return these options with these improvements besides} */
  public QuantizeOptions alsoImproving(Set<Improvement> more) {
    Set<Improvement> all = new HashSet<>(improvements);
    all.addAll(more);
    return improving(all);
  }

  boolean scalesChannels() {
    return Improvement.scaling().stream().anyMatch(this::has);
  }

  boolean has(Improvement improvement) {
    return improvements.contains(improvement);
  }

  /** {@return these options with other nodes left in float} */
  public QuantizeOptions excluding(Set<String> nodes) {
    return new QuantizeOptions(recipe, target, nodes, ranges, improvements);
  }

  /** {@return whether the node of this name, or of this first output if unnamed, stays in float} */
  boolean excludes(dev.slipway.onnx.graph.Node node) {
    return excluded.contains(node.label());
  }

  /** {@return a recipe that is right on every x86-64} */
  public static QuantizeOptions of(Recipe recipe) {
    return new QuantizeOptions(recipe, Target.ANY_X86, Set.of());
  }
}
