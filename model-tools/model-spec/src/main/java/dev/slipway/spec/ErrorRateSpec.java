package dev.slipway.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The two error rates that the judge tells apart, as shares of the requests.
 *
 * @param healthy share of failures that is all right; below {@code bad}
 * @param bad share of failures that must be found
 */
public record ErrorRateSpec(double healthy, double bad) {
  static final Setting<Double> HEALTHY =
      Setting.of(
          "release.errorRate.healthy",
          Values.decimal(0.0001, 0.5),
          0.01,
          "share of failed requests that is all right");
  static final Setting<Double> BAD =
      Setting.of(
          "release.errorRate.bad",
          Values.decimal(0.0002, 0.9),
          0.05,
          "share of failed requests that must be found");

  static final List<Setting<?>> SETTINGS = List.of(HEALTHY, BAD);

  /** Refuses rates that cannot be told apart. */
  public ErrorRateSpec {
    if (!(healthy < bad)) {
      throw new IllegalArgumentException("expected healthy < bad, found " + healthy + ", " + bad);
    }
  }

  static ErrorRateSpec read(Area area) {
    double healthy = area.get(HEALTHY);
    double bad = area.get(BAD);
    area.refuseUnknown();
    if (healthy < bad) {
      return new ErrorRateSpec(healthy, bad);
    }
    area.conflict("healthy", "expected less than bad, found %s and %s".formatted(healthy, bad));
    return new ErrorRateSpec(0.01, 0.05);
  }

  void write(ObjectNode json) {
    json.set("healthy", HEALTHY.toJson(healthy));
    json.set("bad", BAD.toJson(bad));
  }
}
