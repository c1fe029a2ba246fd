package dev.slipway.cli.local;

import dev.slipway.cli.Refusal;
import dev.slipway.cli.Workspace;
import dev.slipway.cli.print.Console;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the {@code cdk} tool in {@code infra/} with the Node that the local AWS brings along. */
public final class Cdk {
  private static final int LINES_SHOWN_ON_FAILURE = 25;

  private final Workspace workspace;
  private final Console console;
  private final Toolbox toolbox;
  private final boolean cloud;

  private Cdk(Workspace workspace, Console console, Toolbox toolbox, boolean cloud) {
    this.workspace = workspace;
    this.console = console;
    this.toolbox = toolbox;
    this.cloud = cloud;
  }

  /** {@return the tool, pointed at the local AWS and silent unless it fails} */
  public static Cdk local(Workspace workspace, Console console, Toolbox toolbox) {
    return new Cdk(workspace, console, toolbox, false);
  }

  /** {@return the tool with the user's own AWS settings, its words shown as they come} */
  public static Cdk cloud(Workspace workspace, Console console, Toolbox toolbox) {
    return new Cdk(workspace, console, toolbox, true);
  }

  /** Makes what cdk itself needs in an account and region; does not start the infra app. */
  public void bootstrap(String account, String region) {
    runIn(
        workspace.home(), List.of("bootstrap", "aws://" + account + "/" + region, "--no-notices"));
  }

  /**
   * Runs {@code cdk} with {@code arguments} in {@code infra/}.
   *
   * @return the lines that it said
   * @throws Refusal when it fails
   */
  public List<String> run(List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    // Not infra/cdk.out: two systems of one checkout may be deployed at once.
    all.addAll(List.of("--output", workspace.home().resolve("cdk.out").toString()));
    return runIn(workspace.root().resolve("infra"), all);
  }

  private List<String> runIn(Path folder, List<String> arguments) {
    Path log = workspace.home().resolve("logs").resolve("cdk.log");
    List<String> said = new ArrayList<>();
    int code;
    try {
      Files.createDirectories(log.getParent());
      Process process = builder(folder, arguments).start();
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
          PrintWriter file = new PrintWriter(Files.newBufferedWriter(log))) {
        lines.lines().forEach(line -> keep(line, file, said));
      }
      code = process.waitFor();
    } catch (IOException unreadable) {
      throw new Refusal(
          "CDK_FAILED", "cdk could not be run: " + unreadable.getMessage(), unreadable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Refusal("INTERRUPTED", "stopped while cdk was running", interrupted);
    }
    if (code != 0) {
      refuse(
          code,
          log,
          said.subList(Math.max(0, said.size() - LINES_SHOWN_ON_FAILURE), said.size()),
          arguments.getFirst());
    }
    return said;
  }

  private void keep(String line, PrintWriter file, List<String> said) {
    file.println(line);
    if (cloud) {
      console.progress(line);
    }
    said.add(line);
  }

  private void refuse(int code, Path log, List<String> tail, String verb) {
    if (tail.stream().anyMatch(Cdk::lacksAccount)) {
      throw new Refusal(
          "AWS_ACCOUNT_UNKNOWN",
          "cdk %s found no AWS credentials or region; expected those of the account to deploy to. Set"
                  .formatted(verb)
              + " AWS_PROFILE (or AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) and AWS_REGION, or run"
              + " `aws configure`. Without an account, `./slipway up` runs the same templates here");
    }
    if (!cloud) {
      tail.forEach(console::error);
    }
    throw new Refusal(
        "CDK_FAILED",
        "cdk %s ended with %d. Whole log: %s".formatted(verb, code, workspace.shown(log)));
  }

  /** What cdk 2.1148 says where it has no credentials; another wording ends as CDK_FAILED. */
  private static boolean lacksAccount(String line) {
    return line.contains("Unable to resolve AWS account")
        || line.contains("no credentials have been configured")
        || line.contains("Region is missing");
  }

  private ProcessBuilder builder(Path folder, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(toolbox.program("cdk").toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile());
    builder.redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    if (cloud) {
      environment.put("PATH", toolbox.settings().getOrDefault("PATH", environment.get("PATH")));
    } else {
      environment.putAll(toolbox.settings());
    }
    environment.put("JAVA_HOME", workspace.jdk().toString());
    environment.put("CDK_DISABLE_CLI_TELEMETRY", "true");
    environment.put("JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION", "1");
    environment.put("JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION", "1");
    environment.put("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "18,20,22");
    return builder;
  }
}
