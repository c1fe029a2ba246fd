package dev.slipway.bundle;

import dev.slipway.bundle.json.JsonValue;
import java.util.List;

/**
 * One request with the outputs that the model gave when it was packed.
 *
 * @param name what the case is, for example {@code row-17}
 * @param request the JSON body of an infer request of the Open Inference Protocol v2
 * @param outputs the outputs expected; never {@code model_version}, which differs per release
 * @param tolerance how far a number may be off: |found − expected| ≤ tolerance · max(1, |expected|)
 */
public record GoldenCase(
    String name, JsonValue request, List<NamedTensor> outputs, double tolerance) {
  public GoldenCase {
    outputs = List.copyOf(outputs);
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("golden case " + name + " expects no output");
    }
    if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
      throw new IllegalArgumentException(
          "golden case " + name + " has tolerance " + tolerance + "; expected a finite number ≥ 0");
    }
  }
}
