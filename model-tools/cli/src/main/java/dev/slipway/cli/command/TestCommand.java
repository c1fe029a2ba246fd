package dev.slipway.cli.command;

import dev.slipway.cli.Refusal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Listed here for its help; the launcher itself runs the tests, from a clean build. */
@Command(
    name = "test",
    description = "Run every check of the repository: build, unit tests, tests on the local AWS.",
    footer = {"", "Example:", "  ./slipway test"})
final class TestCommand implements Callable<Integer> {
  @Mixin private HelpOption unusedHelp;

  @Override
  public Integer call() {
    throw new Refusal("LAUNCHER_NEEDED", "the launcher runs the tests: ./slipway test");
  }
}
