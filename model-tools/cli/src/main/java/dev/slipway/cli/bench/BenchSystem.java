package dev.slipway.cli.bench;

import dev.slipway.bundle.FileTree;
import dev.slipway.cli.Refusal;
import dev.slipway.cli.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A local system of its own: state in {@code bench} below the user's {@code SLIPWAY_HOME}, a free
 * port. Packages and build are the user's, by links, so that neither is measured. Closing stops it;
 * an interrupted command does so too.
 *
 * @param workspace where its commands work
 */
record BenchSystem(Workspace workspace) {
  private static final List<String> SHARED = List.of("venv", "build");

  /** {@return an empty system; what an earlier one left running or on disk is ended first} */
  static BenchSystem prepared(Workspace user) {
    Path packages = user.home().resolve("venv");
    if (!Files.isDirectory(packages)) {
      throw new Refusal(
          "PACKAGES_MISSING",
          "%s has no packages of the local AWS, and installing is not measured. Run first: localstack/launch install"
              .formatted(user.shown(user.home())));
    }
    try {
      Path home = Files.createDirectories(user.home().resolve("bench")).toRealPath();
      BenchSystem system =
          new BenchSystem(new Workspace(user.root(), home, user.jdk(), freePort()));
      if (Files.exists(home.resolve("venv"))) {
        system.stop();
      }
      FileTree.delete(home);
      Files.createDirectories(home);
      for (String shared : SHARED) {
        Files.createSymbolicLink(home.resolve(shared), user.home().resolve(shared).toRealPath());
      }
      return system;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Stops whatever runs in this system. */
  void stop() {
    new ChildCommand(workspace).run("down");
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
