package dev.slipway.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Listed here for its help; the launcher itself runs the tests, from a clean build. */
@Command(
    name = "test",
    description = "Run every check of the repository: build, unit tests, tests on the local AWS.")
final class TestCommand implements Callable<Integer> {
  @Option(names = "--fast", description = "Leave out the tests that start the local AWS.")
  private boolean fast;

  @Mixin private HelpOption help;

  @Override
  public Integer call() {
    throw new dev.slipway.cli.Refusal(
        "LAUNCHER_NEEDED", "the launcher runs the tests: ./slipway test" + (fast ? " --fast" : ""));
  }
}
