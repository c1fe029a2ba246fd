package dev.slipway.dataset;

import dev.slipway.dataset.DataSettings.Privacy;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Replaces personal values: by HMAC-SHA-256 (RFC 2104) under a key, or by their form. */
final class Privatizer {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int HEX_DIGITS = 16;

  private final String key;

  Privatizer(String key) {
    this.key = key;
  }

  String replace(String value, Privacy privacy) {
    if (Numbers.isMissing(value)) {
      return value;
    }
    return switch (privacy) {
      case NONE -> value;
      case DROP -> "";
      case HASH -> hash(value);
      case MASK -> value.replaceAll("\\p{L}", "x").replaceAll("\\p{Nd}", "9");
    };
  }

  private String hash(String value) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      byte[] digest = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HEX_DIGITS);
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
    }
  }
}
