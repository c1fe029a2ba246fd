package dev.slipway.tasks.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The events of one trigger in the folder {@code events}, and the replies expected. */
public final class SampleEvents {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVENT = ".json";
  private static final String EXPECTED = ".expected.json";

  private final Path folder;

  /** The events of a trigger. */
  public SampleEvents(String trigger) {
    folder = Path.of(System.getProperty("slipway.root", "../.."), "events", trigger);
  }

  /** {@return the names of all cases that have an event or an expectation} */
  public List<String> cases() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> cases =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(EVENT))
              .map(name -> name.replace(EXPECTED, "").replace(EVENT, ""))
              .distinct()
              .sorted()
              .toList();
      assertTrue(!cases.isEmpty(), folder + " holds events");
      return cases;
    }
  }

  /** {@return the bytes of a case's event} */
  public byte[] event(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name + EVENT));
  }

  /** Compares a reply with the expectation, or writes it when asked to. */
  public void check(String name, ObjectNode reply) throws IOException {
    Path file = folder.resolve(name + EXPECTED);
    if (Boolean.getBoolean("slipway.events.write")) {
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
      printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
      Files.writeString(file, JSON.writer(printer).writeValueAsString(reply) + "\n");
    }
    assertTrue(
        Files.exists(file),
        file + " is missing: every event has an expectation; see events/README.md");
    JsonNode expected = JSON.readTree(file.toFile());
    assertEquals(
        expected.toPrettyString(),
        JSON.readTree(reply.toString()).toPrettyString(),
        "the reply to " + name + " changed; clients read it. If meant, see events/README.md");
  }
}
