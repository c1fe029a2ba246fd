package dev.slipway.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Starts {@code ./slipway} and other programs as processes, with a state folder and a port of their
 * own. Safe for use by several threads.
 *
 * @param root the repository
 * @param home the state folder, {@code SLIPWAY_HOME}
 * @param port a free loopback port, {@code SLIPWAY_PORT}
 * @param borrowed whether home and port are a person's, who keeps the system running afterwards
 */
record Commands(Path root, Path home, int port, boolean borrowed) {
  private static final int PATIENCE_MINUTES = 15;

  /**
   * How a process ended.
   *
   * @param code exit code
   * @param out what it wrote to standard output
   * @param err what it wrote to standard error
   */
  record Ended(int code, String out, String err) {
    /** {@return everything, for the message of a failed assertion} */
    String told() {
      return "exit code %d%n%s%n%s".formatted(code, out, err);
    }
  }

  /**
   * {@return commands for the tree that Maven has just built} Takes the packages of LocalStack from
   * the state folder of whoever runs the tests, where there is one, and ends what an earlier run of
   * the tests left. With {@code -Dslipway.system.home=H -Dslipway.system.port=P} the tests use the
   * system that runs there, so that one of them can be tried again quickly.
   */
  static Commands ofThisBuild() {
    Path root = Path.of(System.getProperty("slipway.root")).toAbsolutePath();
    String running = System.getProperty("slipway.system.home", "");
    if (!running.isEmpty()) {
      return new Commands(root, Path.of(running), Integer.getInteger("slipway.system.port"), true);
    }
    Path home = root.resolve("localstack/system-tests/target/home");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Commands commands = new Commands(root, home, free.getLocalPort(), false);
      if (Files.exists(home)) {
        commands.slipway("down");
        TestFiles.delete(home);
      }
      Files.createDirectories(home.resolve("build"));
      // The launcher builds what is older than its stamp; Maven has just built all of it.
      Files.createFile(home.resolve("build/stamp"));
      Optional<Path> packages = sharedPackages(root);
      if (packages.isPresent()) {
        Files.createSymbolicLink(home.resolve("venv"), packages.get());
      }
      return commands;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Optional<Path> sharedPackages(Path root) throws IOException {
    String known = System.getenv("SLIPWAY_HOME");
    Path venv = (known == null ? root.resolve(".slipway") : Path.of(known)).resolve("venv");
    return Files.isDirectory(venv) ? Optional.of(venv.toRealPath()) : Optional.empty();
  }

  /** Runs {@code ./slipway} with {@code arguments} and waits for its end. */
  Ended slipway(String... arguments) {
    List<String> command = new ArrayList<>(List.of(root.resolve("slipway").toString()));
    command.addAll(List.of(arguments));
    return run(root, Map.of(), command);
  }

  /** Runs a line of a person's shell. */
  Ended bash(String line) {
    return run(root, Map.of(), List.of("bash", "-c", line));
  }

  /** Runs a program in {@code folder} and waits for its end. */
  Ended run(Path folder, Map<String, String> environment, List<String> command) {
    try {
      Path out = Files.createTempFile("slipway-system", ".out");
      Path err = Files.createTempFile("slipway-system", ".err");
      try {
        int code = waitFor(start(folder, environment, command, out, err), command);
        return new Ended(code, Files.readString(out), Files.readString(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Starts {@code ./slipway} and does not wait; its words go to {@code log}. */
  Process begin(Path log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(root.resolve("slipway").toString()));
    command.addAll(List.of(arguments));
    return start(root, Map.of(), command, log, log);
  }

  private Process start(
      Path folder, Map<String, String> environment, List<String> command, Path out, Path err)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("SLIPWAY_HOME", home.toString());
    builder.environment().put("SLIPWAY_PORT", String.valueOf(port));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static int waitFor(Process process, List<String> command) {
    try {
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroy();
        throw new AssertionError(command + " has not ended in " + PATIENCE_MINUTES + " minutes");
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new AssertionError(command + " was interrupted", interrupted);
    }
  }
}
