package dev.slipway.inference.protocol;

import dev.slipway.inference.http.HttpProblem;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks that bytes are UTF-8 text (RFC 3629) without U+0000, which no JSON text holds raw. */
final class Utf8 {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final int EIGHT = 8;

  private Utf8() {}

  /**
   * Refuses bytes that are no text.
   *
   * @throws HttpProblem with the position of the first wrong byte
   */
  static void check(byte[] bytes, int length) {
    int i = 0;
    while (i < length) {
      if (i + EIGHT <= length && plain((long) EIGHT_BYTES.get(bytes, i))) {
        i += EIGHT;
      } else {
        int size = sequence(bytes, i, length);
        if (size == 0) {
          throw HttpProblem.badRequest(
              "BODY_NOT_UTF8",
              "byte "
                  + i
                  + " of the body (0x"
                  + Integer.toHexString(Byte.toUnsignedInt(bytes[i]))
                  + ") is no UTF-8 text, expected JSON in UTF-8. Encode the body in UTF-8.");
        }
        i += size;
      }
    }
  }

  /** {@return whether eight bytes are all ASCII and none is 0} */
  private static boolean plain(long bytes) {
    return ((bytes | (bytes - LOW_BITS)) & HIGH_BITS) == 0;
  }

  /** {@return the bytes of the character at {@code i}, 0 when there is none} */
  private static int sequence(byte[] bytes, int i, int length) {
    int first = Byte.toUnsignedInt(bytes[i]);
    if (first < 0x80) {
      return first == 0 ? 0 : 1;
    }
    int size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || i + size > length) {
      return 0;
    }
    for (int k = 1; k < size; k++) {
      if ((bytes[i + k] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int second = Byte.toUnsignedInt(bytes[i + 1]);
    boolean tooLong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    boolean surrogate = first == 0xed && second > 0x9f;
    boolean beyond = first == 0xf4 && second > 0x8f;
    return tooLong || surrogate || beyond ? 0 : size;
  }
}
