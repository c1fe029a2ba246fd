package dev.slipway.bundle;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How the served model was quantized, and how the other recipes did.
 *
 * @param chosen the recipe of the served model, in the words of {@code model.yaml}
 * @param target the CPUs it is safe on, for example {@code any-x86}
 * @param others the other recipes that were tried, in the order tried
 */
public record Recipe(String chosen, String target, List<Score> others) {
  public Recipe {
    others = List.copyOf(others);
  }

  /**
   * How one recipe did.
   *
   * @param recipe its name
   * @param metric its value of the gate's metric; empty when it could not be made or measured
   * @param bytes the size of its model; 0 when there is none
   * @param passed whether it passed the gate
   */
  public record Score(String recipe, OptionalDouble metric, long bytes, boolean passed) {}
}
