package dev.slipway.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where this checkout and its local AWS live.
 *
 * @param root the repository
 * @param home what the command writes: environment, logs, mirror of the buckets
 * @param jdk the JDK 25 that runs everything
 * @param port the loopback port of the local AWS, 1 to 65535
 */
public record Workspace(Path root, Path home, Path jdk, int port) {
  static final int DEFAULT_PORT = 4566;

  /** Reads the workspace from the environment that the launcher sets. */
  static Workspace from(Map<String, String> environment) {
    Path root = Path.of(environment.getOrDefault("SLIPWAY_ROOT", "")).toAbsolutePath().normalize();
    Path home =
        environment.containsKey("SLIPWAY_HOME")
            ? Path.of(environment.get("SLIPWAY_HOME")).toAbsolutePath().normalize()
            : root.resolve(".slipway");
    Path jdk = Path.of(environment.getOrDefault("JAVA_HOME", System.getProperty("java.home")));
    return new Workspace(root, home, jdk, port(environment));
  }

  private static int port(Map<String, String> environment) {
    String text = environment.getOrDefault("SLIPWAY_PORT", String.valueOf(DEFAULT_PORT));
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException _) {
      // Falls through to the refusal, which shows the text.
    }
    throw new Refusal(
        "PORT_INVALID",
        "SLIPWAY_PORT is '%s'; expected a whole number from 1 to 65535.".formatted(text));
  }

  /** {@return the address of the local AWS} */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** {@return a file's path as a person would type it from here} */
  public String shown(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(root) ? root.relativize(absolute).toString() : absolute.toString();
  }
}
