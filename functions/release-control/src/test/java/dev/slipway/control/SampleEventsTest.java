package dev.slipway.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.control.simulator.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every event in {@code events/release-control} gets the reply beside it, from a controller whose
 * model has one release behind it and none in flight.
 */
final class SampleEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EXPECTED = ".expected.json";
  private static final Path FOLDER =
      Path.of(System.getProperty("slipway.root", "../.."), "events", "release-control");

  static List<String> cases() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.replace(EXPECTED, "").replace(".json", ""))
          .distinct()
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void event_isAnsweredAsExpected(String name) throws IOException {
    Simulation world = new Simulation();
    world.look();
    world.propose("one");
    world.run(0, Duration.ofMinutes(10));
    JsonNode event = JSON.readTree(FOLDER.resolve(name + ".json").toFile());
    Path file = FOLDER.resolve(name + EXPECTED);

    JsonNode reply = world.controller().handle(event);

    if (Boolean.getBoolean("slipway.events.write")) {
      Files.writeString(file, reply.toPrettyString() + "\n");
    }
    assertTrue(
        Files.exists(file), file + " is missing: every event has an expectation; events/README.md");
    assertEquals(
        JSON.readTree(file.toFile()).toPrettyString(),
        reply.toPrettyString(),
        "the reply to " + name + " changed; if that is meant, see events/README.md");
  }
}
