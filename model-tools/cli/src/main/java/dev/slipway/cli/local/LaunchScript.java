package dev.slipway.cli.local;

import dev.slipway.cli.Refusal;
import dev.slipway.cli.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Calls {@code localstack/launch}, which owns the local AWS: its packages, its process, its log.
 */
public final class LaunchScript {
  private final Workspace workspace;

  public LaunchScript(Workspace workspace) {
    this.workspace = workspace;
  }

  /** Runs a verb of the script with its progress on our standard error; refuses when it fails. */
  public void run(String verb, Map<String, String> environment, String... arguments) {
    int code = waitFor(start(verb, environment, ProcessBuilder.Redirect.INHERIT, arguments));
    if (code != 0) {
      throw new Refusal(
          "LOCAL_AWS_" + verb.toUpperCase(java.util.Locale.ROOT) + "_FAILED",
          "localstack/launch %s ended with %d; its message is above. Log: %s"
              .formatted(verb, code, workspace.shown(log())));
    }
  }

  /** {@return what a verb of the script prints on standard output} */
  public String read(String verb, String... arguments) {
    Process process = start(verb, Map.of(), ProcessBuilder.Redirect.PIPE, arguments);
    try {
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      waitFor(process);
      return text;
    } catch (IOException unreadable) {
      throw new Refusal("LOCAL_AWS_SCRIPT_FAILED", "localstack/launch can't be read", unreadable);
    }
  }

  /** {@return the log of the local AWS} */
  public Path log() {
    return workspace.home().resolve("localstack").resolve("localstack.log");
  }

  private Process start(
      String verb,
      Map<String, String> environment,
      ProcessBuilder.Redirect output,
      String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(workspace.root().resolve("localstack").resolve("launch").toString());
    command.add(verb);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("SLIPWAY_HOME", workspace.home().toString());
    builder.environment().put("SLIPWAY_PORT", String.valueOf(workspace.port()));
    builder.environment().put("JAVA_HOME", workspace.jdk().toString());
    // Our answer may be JSON on standard output: the script's own words go to standard error.
    builder.redirectOutput(
        output.equals(ProcessBuilder.Redirect.PIPE) ? output : toStandardError());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      return builder.start();
    } catch (IOException missing) {
      throw new Refusal("LOCAL_AWS_SCRIPT_FAILED", "can't start " + command.getFirst(), missing);
    }
  }

  private static ProcessBuilder.Redirect toStandardError() {
    return ProcessBuilder.Redirect.appendTo(Path.of("/dev/stderr").toFile());
  }

  private static int waitFor(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException interrupted) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new Refusal("INTERRUPTED", "stopped before the local AWS answered", interrupted);
    }
  }
}
