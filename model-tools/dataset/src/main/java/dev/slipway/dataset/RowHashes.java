package dev.slipway.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes rows by what the model sees of them: HMAC-SHA-256 (RFC 2104) under a key, of the seed, the
 * numbers, the words and the target; the first 64 bits. Equal rows have equal hashes; of a million
 * rows that differ, two have the same with a probability of 3e-8, which only keeps them together.
 */
final class RowHashes {
  private static final String ALGORITHM = "HmacSHA256";

  private RowHashes() {}

  static long[] of(Dataset dataset, long seed, String key) {
    Mac mac = mac(key);
    byte[] start = ByteBuffer.allocate(Long.BYTES).putLong(seed).array();
    byte[] numbers = new byte[dataset.numbers().size() * Double.BYTES];
    long[] hashes = new long[dataset.rows()];
    for (int row = 0; row < hashes.length; row++) {
      mac.update(start);
      mac.update(numbers(dataset, row, numbers));
      for (int feature = 0; feature < dataset.categories().size(); feature++) {
        text(mac, dataset.category(row, feature));
      }
      text(mac, dataset.target().text(row));
      hashes[row] = ByteBuffer.wrap(mac.doFinal()).getLong();
    }
    return hashes;
  }

  private static byte[] numbers(Dataset dataset, int row, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (int feature = 0; feature < dataset.numbers().size(); feature++) {
      // Adding zero makes -0 and 0 one number.
      buffer.putDouble(dataset.number(row, feature) + 0.0);
    }
    return bytes;
  }

  /** With its length, so that no two lists of texts give the same bytes. */
  private static void text(Mac mac, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    mac.update(bytes);
  }

  private static Mac mac(String key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
    }
  }
}
