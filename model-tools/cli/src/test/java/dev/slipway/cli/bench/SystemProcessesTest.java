package dev.slipway.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemProcessesTest {
  private static final Path HOME = Path.of("/somewhere/bench");

  @Test
  void isOurs_ofCommandsAndChildren_isTrue() {
    SystemProcesses processes = new SystemProcesses(Path.of("/proc"), HOME);

    assertTrue(processes.isOurs(environ("A=b", "SLIPWAY_HOME=/somewhere/bench")));
    assertTrue(processes.isOurs(environ("SLIPWAY_CHILD_OF=/somewhere/bench/localstack")));
  }

  @Test
  void isOurs_ofTheSystemBeside_isFalse() {
    SystemProcesses processes = new SystemProcesses(Path.of("/proc"), HOME);

    assertFalse(processes.isOurs(environ("SLIPWAY_HOME=/somewhere")));
    assertFalse(processes.isOurs(environ("SLIPWAY_CHILD_OF=/somewhere/localstack")));
    assertFalse(processes.isOurs(environ("SLIPWAY_CHILD_OF=/somewhere/benches/localstack")));
  }

  @Test
  void parent_ofANameWithSpacesAndBrackets_isFound() {
    assertEquals("17", SystemProcesses.parent("42 (a (b) c) S 17 42 42 0"));
  }

  @Test
  void now_withAChildThatClearedItsEnvironment_countsItToo(@TempDir Path proc) throws IOException {
    process(proc, "10", "1", environ("SLIPWAY_HOME=/somewhere/bench"));
    process(proc, "11", "10", environ());
    process(proc, "12", "11", environ());
    process(proc, "13", "1", environ("SLIPWAY_HOME=/elsewhere"));
    Files.createDirectory(proc.resolve("sys"));
    Files.createDirectory(proc.resolve("99")); // has ended while we looked

    Set<String> found =
        new SystemProcesses(proc, HOME)
            .now().stream().map(path -> path.getFileName().toString()).collect(Collectors.toSet());

    assertEquals(Set.of("10", "11", "12"), found);
  }

  @Test
  void withDescendants_ofNoRoot_isEmpty() {
    assertEquals(Set.of(), SystemProcesses.withDescendants(Set.of(), Map.of("2", "1")));
  }

  private static void process(Path proc, String pid, String parent, byte[] environ)
      throws IOException {
    Path folder = Files.createDirectory(proc.resolve(pid));
    Files.writeString(folder.resolve("stat"), pid + " (java) S " + parent + " 1 1");
    Files.write(folder.resolve("environ"), environ);
  }

  private static byte[] environ(String... entries) {
    return String.join("\0", entries).getBytes(StandardCharsets.UTF_8);
  }
}
