package dev.slipway.pipeline.uploaded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts a command in a network namespace of its own, which has no interface, not even loopback.
 *
 * <p>Linux lets a user without privileges do so through a user namespace, unless the administrator
 * or a container's system call filter forbids it: then there is no cut, and {@link #isMade} says
 * so.
 *
 * @param prefix what stands before the command; empty when there is no cut
 */
record NetworkCut(List<String> prefix) {
  /** unshare(1) of util-linux; it becomes the command, so that the process id stays. */
  private static final List<String> UNSHARE =
      List.of("unshare", "--user", "--map-root-user", "--net", "--");

  private static final NetworkCut NONE = new NetworkCut(List.of());

  private static final long MOST_SECONDS = 10;

  NetworkCut {
    prefix = List.copyOf(prefix);
  }

  /**
   * {@return the cut that this system allows, found by trying it on a command that does nothing}
   */
  static NetworkCut ofThisSystem() {
    NetworkCut cut = new NetworkCut(UNSHARE);
    return endsWell(cut.around(List.of("true"))) ? cut : NONE;
  }

  private static boolean endsWell(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return process.waitFor(MOST_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException _) {
      // There is no such program: another system than Linux, or a small container.
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while a model was tried", stopped);
    }
  }

  /** {@return whether commands run without network} */
  boolean isMade() {
    return !prefix.isEmpty();
  }

  /** {@return the command that runs another one without network, or that one itself} */
  List<String> around(List<String> command) {
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(command);
    return whole;
  }
}
