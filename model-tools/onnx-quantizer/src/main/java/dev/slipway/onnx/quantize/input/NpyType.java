package dev.slipway.onnx.quantize.input;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The element type of a NumPy array.
 *
 * @param kind what its elements are
 * @param bytes the width of one, 1 to 8
 * @param order of the bytes of one
 */
record NpyType(Kind kind, int bytes, ByteOrder order) {
  /** What elements are. */
  enum Kind {
    FLOAT('f'),
    SIGNED('i'),
    UNSIGNED('u'),
    BOOLEAN('b');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  private static final Pattern WORD = Pattern.compile("([<>|=])([a-zA-Z])(\\d*)");

  /** {@return the type that NumPy writes as {@code descr}, empty if it holds no numbers} */
  static Optional<NpyType> of(String descr) {
    Matcher word = WORD.matcher(descr);
    if (!word.matches()) {
      return Optional.empty();
    }
    ByteOrder order =
        switch (word.group(1)) {
          case ">" -> ByteOrder.BIG_ENDIAN;
          case "=" -> ByteOrder.nativeOrder();
          default -> ByteOrder.LITTLE_ENDIAN;
        };
    for (Kind kind : Kind.values()) {
      if (kind.letter == word.group(2).charAt(0) && word.group(3).length() == 1) {
        int bytes = Integer.parseInt(word.group(3));
        boolean known =
            switch (kind) {
              case FLOAT -> bytes == 2 || bytes == 4 || bytes == 8;
              case SIGNED, UNSIGNED -> bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
              case BOOLEAN -> bytes == 1;
            };
        return known ? Optional.of(new NpyType(kind, bytes, order)) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** {@return the element at the buffer's place as a float of 64 bits} */
  double decimal(ByteBuffer buffer) {
    return switch (bytes) {
      case 2 -> Float.float16ToFloat(buffer.getShort());
      case 4 -> buffer.getFloat();
      default -> buffer.getDouble();
    };
  }

  /** {@return the whole number or truth value at the buffer's place} */
  long whole(ByteBuffer buffer) {
    boolean unsigned = kind != Kind.SIGNED;
    return switch (bytes) {
      case 1 -> unsigned ? Byte.toUnsignedLong(buffer.get()) : buffer.get();
      case 2 -> unsigned ? Short.toUnsignedLong(buffer.getShort()) : buffer.getShort();
      case 4 -> unsigned ? Integer.toUnsignedLong(buffer.getInt()) : buffer.getInt();
      default -> buffer.getLong();
    };
  }

  /** {@return the type in NumPy's words} */
  String word() {
    return switch (kind) {
      case FLOAT -> "float" + 8 * bytes;
      case SIGNED -> "int" + 8 * bytes;
      case UNSIGNED -> "uint" + 8 * bytes;
      case BOOLEAN -> "bool";
    };
  }
}
