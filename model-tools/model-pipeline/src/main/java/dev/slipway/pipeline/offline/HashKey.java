package dev.slipway.pipeline.offline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The key of the hashes that replace personal values and share out the rows; made once per output
 * folder, so that training again gives the same hashes and the same split.
 *
 * @param file where it is kept
 * @param value 64 hexadecimal digits
 */
record HashKey(Path file, String value) {
  private static final int BYTES = 32;

  /** {@return the key of {@code folder}; a fresh one, not yet kept, where there is none} */
  static HashKey of(Path folder) {
    Path file = folder.resolve("hash.key");
    try {
      return new HashKey(file, Files.exists(file) ? Files.readString(file) : fresh());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading the key in " + file + " failed", unreadable);
    }
  }

  private static String fresh() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Keeps the key; called once data has been accepted, so that refused data leaves nothing. */
  void keep() {
    try {
      if (!Files.exists(file)) {
        Files.writeString(file, value);
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException("keeping the key in " + file + " failed", unwritable);
    }
  }
}
