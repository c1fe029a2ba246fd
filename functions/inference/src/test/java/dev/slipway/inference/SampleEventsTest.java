package dev.slipway.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.bundle.json.JsonText;
import dev.slipway.bundle.json.JsonValue;
import dev.slipway.bundle.json.JsonValue.NumberValue;
import dev.slipway.bundle.json.JsonValue.ObjectValue;
import dev.slipway.bundle.json.JsonValue.TextValue;
import dev.slipway.inference.testing.BreastCancer;
import dev.slipway.inference.testing.Deployment;
import dev.slipway.inference.testing.Expectation;
import dev.slipway.inference.testing.LambdaProcess;
import dev.slipway.inference.testing.Reply;
import dev.slipway.inference.testing.SampleEvents;
import dev.slipway.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event in {@code events/api-gateway} gets the reply beside it; no event is without one. */
@SuppressWarnings("NullAway.Init") // JUnit sets the directory and the process before any test.
class SampleEventsTest {
  @TempDir static Path opt;
  private static LambdaProcess process;

  @BeforeAll
  static void start() {
    Deployment deployment = Deployment.of(BreastCancer.write(SampleEvents.root(), opt), opt);
    process =
        new LambdaProcess(
            new InferenceHandler(
                deployment.environment(),
                RuntimeOptions.of(Map.of("ORT_DISABLE_TELEMETRY", "1")),
                Clock.systemUTC()));
  }

  static List<Path> gatewayEvents() {
    return SampleEvents.of("api-gateway");
  }

  @ParameterizedTest
  @MethodSource("gatewayEvents")
  void gatewayEvent_isAnsweredAsExpected(Path event) throws IOException {
    JsonValue expected = JsonText.parse(Files.readAllBytes(SampleEvents.expectationOf(event)));

    Reply reply = process.invoke(Files.readAllBytes(event));

    assertEquals(List.of(), Expectation.differences(expected, tree(reply)), reply.body());
  }

  @Test
  void everyEvent_hasAnExpectation_andEveryExpectationAnEvent() {
    List<Path> events = SampleEvents.of("");

    assertTrue(events.size() >= 20, "found only " + events);
    for (Path event : events) {
      assertTrue(
          Files.isRegularFile(SampleEvents.expectationOf(event)), event + " has no expectation");
    }
    for (Path expectation : SampleEvents.expectations()) {
      assertTrue(
          Files.isRegularFile(SampleEvents.eventOf(expectation)), expectation + " is of no event");
    }
  }

  private static JsonValue tree(Reply reply) {
    Map<String, JsonValue> headers = new LinkedHashMap<>();
    reply.headers().forEach((name, value) -> headers.put(name, new TextValue(value)));
    return ObjectValue.of(
        List.of(
            Map.entry("statusCode", new NumberValue(Integer.toString(reply.status()))),
            Map.entry("headers", new ObjectValue(new LinkedHashMap<>(headers))),
            Map.entry("body", JsonText.parse(reply.body()))));
  }
}
