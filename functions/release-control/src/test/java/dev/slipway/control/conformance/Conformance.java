package dev.slipway.control.conformance;

import static dev.slipway.control.conformance.Bench.refusal;

import dev.slipway.control.port.ControlPlaneException.Kind;
import dev.slipway.control.port.FunctionShape;
import dev.slipway.control.port.FunctionState;
import dev.slipway.control.port.LayerVersion;
import dev.slipway.release.AliasContent;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The suite. Sources are the AWS Lambda API Reference, by operation, and the Developer Guide. */
public final class Conformance {
  static final String OTHER = "00000000-0000-4000-8000-000000000000";
  static final String LAYER = "slipway-conformance";

  private Conformance() {}

  /**
   * One thing that AWS documents.
   *
   * @param name what, when, and what then
   * @param source where AWS says so
   * @param holds whether it holds for a function of its own
   */
  public record Assertion(String name, String source, Predicate<Bench> holds) {}

  /** {@return every assertion} */
  public static List<Assertion> all() {
    return Stream.of(Versions.all(), Updates.all(), Aliases.all(), Removal.all())
        .flatMap(List::stream)
        .toList();
  }

  static boolean refused(Runnable call, Kind... kinds) {
    return refusal(call).filter(List.of(kinds)::contains).isPresent();
  }

  static AliasContent both(Bench bench) {
    return AliasContent.split(bench.version("one"), bench.version("two"), 10);
  }

  static LayerVersion layer(Bench bench, String description) {
    return bench.plane().publishLayer(LAYER, bench.first(), description, "x86_64");
  }

  static void layered(Bench bench, String layerArn) {
    FunctionState latest = bench.latest();
    FunctionShape shape = latest.shape();
    bench
        .plane()
        .updateShape(
            bench.function(),
            new FunctionShape(
                shape.runtime(),
                shape.handler(),
                shape.roleArn(),
                shape.memoryMb(),
                shape.timeoutSeconds(),
                shape.environment(),
                List.of(layerArn)),
            latest.revision());
  }
}
