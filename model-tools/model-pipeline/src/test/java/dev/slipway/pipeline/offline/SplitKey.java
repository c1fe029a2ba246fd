package dev.slipway.pipeline.offline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The key that decides which rows are test rows, the same in every run of a test: with a fresh one
 * in each run, one split in forty would leave a gate's 95 % interval.
 */
final class SplitKey {
  private SplitKey() {}

  /** {@return the output folder, made with a key of its own in it} */
  static Path in(Path folder) throws IOException {
    Files.writeString(Files.createDirectories(folder).resolve("hash.key"), "5f".repeat(32));
    return folder;
  }
}
