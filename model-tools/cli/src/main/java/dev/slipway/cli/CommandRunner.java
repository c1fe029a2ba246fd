package dev.slipway.cli;

import dev.slipway.bundle.BundleException;
import dev.slipway.cli.command.SlipwayCommand;
import dev.slipway.cli.print.Console;
import dev.slipway.onnx.graph.OnnxException;
import dev.slipway.onnx.quantize.QuantizeException;
import dev.slipway.pipeline.PipelineRefusal;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Runs one command line and turns every outcome into an exit code: 0 done, 1 refused, 2 usage. */
public final class CommandRunner {
  private static final int FAILED = 1;
  private static final String EXIT_CODES =
      "Exit codes: 0 done, 1 refused or failed, 2 wrong usage.";

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  public CommandRunner(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = Map.copyOf(environment);
    this.out = out;
    this.err = err;
  }

  /** {@return the exit code of the command line {@code arguments}} */
  public int run(String... arguments) {
    Workspace workspace;
    try {
      workspace = Workspace.from(environment);
    } catch (Refusal refusal) {
      err.println("slipway: " + refusal.code() + ": " + refusal.getMessage());
      return FAILED;
    }
    Console console = new Console(out, err, environment.containsKey("CI"));
    CommandLine line = new CommandLine(new SlipwayCommand(new CommandContext(workspace, console)));
    line.setCommandName("./slipway");
    endHelpWithExitCodes(line);
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, _, parsed) -> report(failure, parsed, workspace, console));
    return line.execute(arguments);
  }

  private static void endHelpWithExitCodes(CommandLine line) {
    UsageMessageSpec help = line.getCommandSpec().usageMessage();
    List<String> footer = new ArrayList<>(List.of(help.footer()));
    footer.addAll(List.of("", EXIT_CODES));
    help.footer(footer.toArray(String[]::new));
    line.getSubcommands().values().forEach(CommandRunner::endHelpWithExitCodes);
  }

  private int report(Exception failure, ParseResult parsed, Workspace workspace, Console console) {
    Refusal refusal = refusalOf(failure, workspace);
    if (wantsJson(parsed)) {
      console.printJson(Map.of("error", refusal.code() + ": " + refusal.getMessage()));
    }
    console.error("slipway: " + refusal.code() + ": " + refusal.getMessage());
    return FAILED;
  }

  private static boolean wantsJson(ParseResult parsed) {
    ParseResult innermost = parsed;
    while (innermost.hasSubcommand()) {
      innermost = innermost.subcommand();
    }
    return innermost.hasMatchedOption("--json");
  }

  private Refusal refusalOf(Exception failure, Workspace workspace) {
    return switch (failure) {
      case Refusal refusal -> refusal;
      case PipelineRefusal refused ->
          new Refusal(
              refused.reasons().getFirst().code(), withoutCode(refused.getMessage()), refused);
      case BundleException broken -> new Refusal("BUNDLE_BROKEN", text(broken), broken);
      case OnnxException refused ->
          new Refusal(refused.code().name(), withoutCode(refused.getMessage()), refused);
      case QuantizeException refused ->
          new Refusal(refused.code().name(), withoutCode(refused.getMessage()), refused);
      case SdkClientException unreachable ->
          new Refusal(
              "LOCAL_AWS_UNREACHABLE",
              "no answer from the local AWS at %s (%s). Start it: ./slipway up"
                  .formatted(workspace.endpoint(), firstLine(unreachable.getMessage())),
              unreachable);
      case SdkException service ->
          new Refusal("AWS_REFUSED", firstLine(service.getMessage()), service);
      default -> unexpected(failure, workspace);
    };
  }

  private static Refusal unexpected(Exception failure, Workspace workspace) {
    String message =
        failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
    return new Refusal(
        "UNEXPECTED", message + " (details: " + keepDetails(failure, workspace) + ")", failure);
  }

  private static String keepDetails(Exception failure, Workspace workspace) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    Path file = workspace.home().resolve("logs").resolve("last-failure.txt");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, trace.toString());
      return workspace.shown(file);
    } catch (IOException unwritable) {
      return "could not be written to " + file + ": " + unwritable.getMessage();
    }
  }

  private static String text(Exception failure) {
    return String.valueOf(failure.getMessage());
  }

  /** Our own exceptions start their message with a code, which stands before it already. */
  private static String withoutCode(@Nullable String message) {
    return String.valueOf(message).replaceFirst("^[A-Z][A-Z0-9_]+: ", "");
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "no reason given" : message.lines().findFirst().orElse(message);
  }
}
