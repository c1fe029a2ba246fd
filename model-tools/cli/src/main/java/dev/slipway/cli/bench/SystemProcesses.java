package dev.slipway.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every process of one local system: those that carry its state folder in their environment (the
 * commands, LocalStack, functions, jobs), and what they started.
 *
 * @param proc the folder {@code /proc}
 * @param home the system's state folder, resolved
 */
record SystemProcesses(Path proc, Path home) {
  private static final int PARENT_AFTER_NAME = 1; // proc(5): state, parent, …

  /** {@return the folders in {@code /proc} of the processes that live now} */
  List<Path> now() {
    Map<String, String> parents = new HashMap<>();
    Set<String> found = new HashSet<>();
    for (Path process : all()) {
      String pid = process.getFileName().toString();
      try {
        parents.put(pid, parent(Files.readString(process.resolve("stat"))));
        if (isOurs(Files.readAllBytes(process.resolve("environ")))) {
          found.add(pid);
        }
      } catch (IOException _) {
        // It has ended, or it is another user's and so not ours.
      }
    }
    return withDescendants(found, parents).stream().map(proc::resolve).toList();
  }

  private List<Path> all() {
    try (Stream<Path> entries = Files.list(proc)) {
      return entries
          .filter(entry -> entry.getFileName().toString().chars().allMatch(Character::isDigit))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** {@return whether an environment, as {@code /proc} shows it, is of this system} */
  boolean isOurs(byte[] environ) {
    String mark = "SLIPWAY_CHILD_OF=" + home;
    return Arrays.stream(new String(environ, StandardCharsets.UTF_8).split("\0"))
        .anyMatch(entry ->
            entry.equals("SLIPWAY_HOME=" + home)
                || entry.equals(mark)
                || entry.startsWith(mark + "/"));
  }

  /** {@return the parent's pid of a line of {@code stat}, whose name may hold spaces} */
  static String parent(String stat) {
    return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1)[PARENT_AFTER_NAME];
  }

  /** {@return {@code roots} and everything below them} */
  static Set<String> withDescendants(Set<String> roots, Map<String, String> parents) {
    Set<String> family = new HashSet<>(roots);
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Map.Entry<String, String> child : parents.entrySet()) {
        if (family.contains(child.getValue()) && family.add(child.getKey())) {
          grown = true;
        }
      }
    }
    return family;
  }
}
