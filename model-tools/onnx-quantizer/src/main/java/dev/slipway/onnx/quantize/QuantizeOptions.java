package dev.slipway.onnx.quantize;

import java.util.Set;

/**
 * What is asked of the quantizer.
 *
 * @param recipe how
 * @param target for which processors
 * @param excluded names of nodes that stay in float
 */
public record QuantizeOptions(Recipe recipe, Target target, Set<String> excluded) {
  /** Keeps a copy of the set. */
  public QuantizeOptions {
    excluded = Set.copyOf(excluded);
  }

  /** {@return a recipe that is right on every x86-64} */
  public static QuantizeOptions of(Recipe recipe) {
    return new QuantizeOptions(recipe, Target.ANY_X86, Set.of());
  }
}
