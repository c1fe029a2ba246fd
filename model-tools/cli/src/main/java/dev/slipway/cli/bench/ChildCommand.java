package dev.slipway.cli.bench;

import dev.slipway.cli.Refusal;
import dev.slipway.cli.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code ./slipway} as a process of its own, as a person would, and times it. */
record ChildCommand(Workspace workspace) {
  private static final double NANOS = 1e9;
  private static final int LAST_LINES = 15;

  /**
   * How a command went.
   *
   * @param out what it wrote to standard output
   * @param seconds from its start to its end
   */
  record Ended(String out, double seconds) {}

  /** Waits for the end of the command; refuses with its last words when it fails. */
  Ended run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(workspace.root().resolve("slipway").toString()));
    command.addAll(List.of(arguments));
    try {
      Path logs = Files.createDirectories(workspace.home().resolve("logs"));
      Path out = logs.resolve("bench-" + arguments[0] + ".out");
      Path err = logs.resolve("bench-" + arguments[0] + ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().put("SLIPWAY_HOME", workspace.home().toString());
      builder.environment().put("SLIPWAY_PORT", String.valueOf(workspace.port()));
      builder.environment().put("JAVA_HOME", workspace.jdk().toString());
      long started = System.nanoTime();
      int code = builder.start().waitFor();
      double seconds = (System.nanoTime() - started) / NANOS;
      if (code != 0) {
        throw failed(String.join(" ", arguments), code, err);
      }
      return new Ended(Files.readString(out), seconds);
    } catch (IOException failure) {
      throw new Refusal("BENCH_FAILED", command + " can't be run: " + failure, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Refusal("INTERRUPTED", "stopped while measuring", interrupted);
    }
  }

  private Refusal failed(String command, int code, Path err) throws IOException {
    List<String> words = Files.readAllLines(err);
    List<String> last = words.subList(Math.max(0, words.size() - LAST_LINES), words.size());
    return new Refusal(
        "BENCH_FAILED",
        "slipway %s ended with %d, so there is nothing to measure. Its last words (%s):%n%s"
            .formatted(command, code, workspace.shown(err), String.join("\n", last)));
  }
}
