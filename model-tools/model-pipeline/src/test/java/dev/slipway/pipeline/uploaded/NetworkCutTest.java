package dev.slipway.pipeline.uploaded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkCutTest {
  private static final int REACHED = 0;
  private static final int NOT_REACHED = 3;

  @Test
  void around_withoutCut_isTheCommandItself() {
    NetworkCut none = new NetworkCut(List.of());

    assertFalse(none.isMade());
    assertEquals(List.of("a", "b"), none.around(List.of("a", "b")));
  }

  @Test
  void around_ofAChildThatDialsUs_cutsItOff() throws IOException, InterruptedException {
    NetworkCut cut = NetworkCut.ofThisSystem();
    assumeTrue(cut.isMade(), "this system lets nobody make a network namespace: not run");
    try (ServerSocket here = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertEquals(REACHED, dial(new NetworkCut(List.of()), here.getLocalPort()));
      assertEquals(NOT_REACHED, dial(cut, here.getLocalPort()));
    }
  }

  private static int dial(NetworkCut cut, int port) throws IOException, InterruptedException {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:disable",
            "-cp",
            System.getProperty("java.class.path"),
            Dialler.class.getName(),
            String.valueOf(port));
    return new ProcessBuilder(cut.around(java)).inheritIO().start().waitFor();
  }

  /**
   * A child that dials a port of this machine and says by its exit code whether somebody answers.
   */
  static final class Dialler {
    private Dialler() {}

    public static void main(String[] arguments) {
      try (Socket dialled =
          new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]))) {
        System.exit(dialled.isConnected() ? REACHED : NOT_REACHED);
      } catch (IOException unreachable) {
        System.exit(NOT_REACHED);
      }
    }
  }
}
