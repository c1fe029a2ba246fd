package dev.slipway.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders at once. */
public final class FileTree {
  private FileTree() {}

  /**
   * Deletes a folder and everything in it, or one file; does nothing where there is none. Of a link
   * only the link goes, not what it leads to.
   *
   * @throws IOException when something in it can't be read or deleted; what was deleted before
   *     stays deleted
   */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> below = Files.walk(folder)) {
      deepestFirst = below.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
