package dev.slipway.inference.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of {@code events/}. */
public final class SampleEvents {
  private static final String EXPECTED = ".expected.json";

  private SampleEvents() {}

  /** {@return the root of the repository} */
  public static Path root() {
    String root = System.getProperty("slipway.root", "");
    if (root.isEmpty()) {
      throw new IllegalStateException("run by Maven, which sets slipway.root");
    }
    return Path.of(root);
  }

  /** {@return the events of a trigger, by name; of all triggers when it is empty} */
  public static List<Path> of(String trigger) {
    return files(trigger, false);
  }

  /** {@return the expectations of all triggers} */
  public static List<Path> expectations() {
    return files("", true);
  }

  /** {@return where the expectation of an event is} */
  public static Path expectationOf(Path event) {
    return event.resolveSibling(event.getFileName().toString().replace(".json", EXPECTED));
  }

  /** {@return the event that an expectation is of} */
  public static Path eventOf(Path expectation) {
    return expectation.resolveSibling(
        expectation.getFileName().toString().replace(EXPECTED, ".json"));
  }

  private static List<Path> files(String trigger, boolean expected) {
    try (Stream<Path> files = Files.walk(root().resolve("events").resolve(trigger))) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> file.toString().endsWith(EXPECTED) == expected)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
