package dev.slipway.control.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.slipway.control.conformance.Bench;
import dev.slipway.control.conformance.Conformance;
import dev.slipway.control.conformance.Conformance.Assertion;
import dev.slipway.control.port.S3Place;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The simulator is what AWS documents. */
final class ConformanceTest {
  @TestFactory
  Stream<DynamicTest> simulator_everyAssertion_holds() {
    return Conformance.all().stream()
        .map(assertion ->
            dynamicTest(
                assertion.name(),
                () -> assertTrue(assertion.holds().test(bench()), assertion.source())));
  }

  @Test
  void suite_names_areFortyOrMoreAndDifferent() {
    long names = Conformance.all().stream().map(Assertion::name).distinct().count();

    assertEquals(Conformance.all().size(), names);
    assertTrue(names >= 40, Long.toString(names));
  }

  private static Bench bench() {
    Simulation world = new Simulation();
    S3Place first = new S3Place("assets", "1.zip");
    S3Place second = new S3Place("assets", "2.zip");
    world.lambda().put(first, "1".repeat(64));
    world.lambda().put(second, "2".repeat(64));
    return new Bench(
        world.lambda(),
        world.lambda(),
        "slipway-demo",
        first,
        second,
        "other",
        () -> world.time().pause(Duration.ofSeconds(5)));
  }
}
