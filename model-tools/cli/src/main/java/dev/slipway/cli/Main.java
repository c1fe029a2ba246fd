package dev.slipway.cli;

/** Entry point of the {@code slipway} command; the only place that ends the process. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new CommandRunner(System.getenv(), System.out, System.err).run(arguments));
  }
}
