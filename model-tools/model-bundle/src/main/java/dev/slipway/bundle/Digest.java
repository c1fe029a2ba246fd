package dev.slipway.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 digest.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) implements Comparable<Digest> {
  private static final int HEX_LENGTH = 64;

  /** Digits of a digest that {@code model_version} shows: enough to tell releases apart. */
  private static final int SHORT_LENGTH = 12;

  private static final int BUFFER_BYTES = 1 << 16;

  public Digest {
    if (!isHex(hex)) {
      throw new IllegalArgumentException(
          "a SHA-256 digest is 64 lower-case hexadecimal digits, found \"" + hex + "\"");
    }
  }

  /**
   * {@return the digest of the bytes}
   *
   * @param bytes what to digest
   */
  public static Digest of(byte[] bytes) {
    return finish(sha256(), bytes);
  }

  /**
   * {@return the digest of a file's content}
   *
   * @param file a readable file
   * @throws IOException when the file cannot be read
   */
  public static Digest ofFile(Path file) throws IOException {
    MessageDigest sha256 = sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      int count = in.read(buffer);
      while (count >= 0) {
        sha256.update(buffer, 0, count);
        count = in.read(buffer);
      }
    }
    return new Digest(HexFormat.of().formatHex(sha256.digest()));
  }

  /** {@return whether the text is the hexadecimal form of a digest} */
  static boolean isHex(String text) {
    if (text.length() != HEX_LENGTH) {
      return false;
    }
    for (int i = 0; i < HEX_LENGTH; i++) {
      char digit = text.charAt(i);
      if (!(digit >= '0' && digit <= '9') && !(digit >= 'a' && digit <= 'f')) {
        return false;
      }
    }
    return true;
  }

  /** {@return the first 12 digits, as {@code model_version} shows them} */
  public String shortForm() {
    return hex.substring(0, SHORT_LENGTH);
  }

  @Override
  public int compareTo(Digest other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return "sha256:" + hex;
  }

  private static Digest finish(MessageDigest sha256, byte[] bytes) {
    return new Digest(HexFormat.of().formatHex(sha256.digest(bytes)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256 (java.security.MessageDigest)", e);
    }
  }
}
