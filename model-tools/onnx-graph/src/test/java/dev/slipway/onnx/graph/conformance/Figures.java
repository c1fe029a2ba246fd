package dev.slipway.onnx.graph.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Leaves what a test counted in {@code target/figures}, for the README. */
public final class Figures {
  private Figures() {}

  /** Writes one line that sums up, and the lines behind it. */
  public static void write(String name, String sum, List<String> lines) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "figures"));
      Files.writeString(
          folder.resolve(name + ".txt"), sum + "\n\n" + String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("writing figures", e);
    }
  }
}
