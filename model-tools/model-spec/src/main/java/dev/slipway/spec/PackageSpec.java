package dev.slipway.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * How a trained model becomes a bundle.
 *
 * @param quantize how it is made smaller
 * @param gate what it must reach
 */
public record PackageSpec(Recipe quantize, GateSpec gate) {
  static final Setting<Recipe> QUANTIZE =
      Setting.of(
          "package.quantize",
          Values.oneOf(Recipe.class),
          Recipe.AUTO,
          "how the model is made smaller and faster");

  static final List<Setting<?>> SETTINGS = List.of(QUANTIZE);

  static PackageSpec read(Area area, Task task) {
    PackageSpec spec = new PackageSpec(area.get(QUANTIZE), GateSpec.read(area.area("gate"), task));
    area.refuseUnknown();
    return spec;
  }

  void write(ObjectNode json) {
    json.set("quantize", QUANTIZE.toJson(quantize));
    gate.write(json.putObject("gate"));
  }
}
