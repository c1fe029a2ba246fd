package dev.slipway.cli.command;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "pin",
    description = "Fix the version that serves: no release and no alarm moves it until unpin.",
    footer = {
      "",
      "Example:",
      "  ./slipway pin breast-cancer --version 3 --reason \"audit until Friday\""
    })
final class PinCommand extends OperatorCommand {
  @Option(
      names = {"-v", "--version"},
      required = true,
      paramLabel = "N",
      description = "A good version, see ./slipway releases MODEL.")
  private int version;

  PinCommand() {
    super("pin");
  }

  @Override
  Map<String, String> details() {
    return version == 0 ? Map.of() : Map.of("version", String.valueOf(version));
  }
}
