package dev.slipway.onnx.quantize.input;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a {@code .npy} file, versions 1 to 3. Source: "NEP 1: A simple file format for NumPy
 * arrays".
 *
 * @param type of the elements
 * @param fortranOrder whether the first dimension varies fastest
 * @param shape the dimensions
 */
record NpyHeader(NpyType type, boolean fortranOrder, List<Long> shape) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy itself refuses longer heads. */
  private static final int LONGEST = 10_000;

  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*('([^']*)'|\\[.*?\\])");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");

  NpyHeader {
    shape = List.copyOf(shape);
  }

  /**
   * {@return the head; the stream stands at the first element then}
   *
   * @param where the file, for messages
   */
  static NpyHeader read(InputStream stream, String where) throws IOException {
    try {
      DataInputStream data = new DataInputStream(stream);
      byte[] magic = data.readNBytes(MAGIC.length);
      if (!java.util.Arrays.equals(magic, MAGIC)) {
        throw Unreadable.file(
            where, "it does not start as a .npy array does; write it with np.save");
      }
      int version = data.readUnsignedByte();
      data.readByte();
      long length =
          version == 1
              ? Short.toUnsignedLong(Short.reverseBytes(data.readShort()))
              : Integer.toUnsignedLong(Integer.reverseBytes(data.readInt()));
      if (version < 1 || version > 3 || length > LONGEST) {
        throw Unreadable.file(
            where,
            "its head has version %d and %d bytes; expected 1 to 3 and at most %d"
                .formatted(version, length, LONGEST));
      }
      byte[] text = new byte[(int) length];
      data.readFully(text);
      return parse(new String(text, StandardCharsets.UTF_8), where);
    } catch (EOFException cut) {
      throw Unreadable.file(where, "it ends within its head; write it again", cut);
    }
  }

  private static NpyHeader parse(String text, String where) {
    Matcher descr = DESCR.matcher(text);
    Matcher order = ORDER.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!descr.find() || !order.find() || !shape.find()) {
      throw Unreadable.file(where, "its head lacks descr, fortran_order or shape: " + text.strip());
    }
    String word = descr.group(2) == null ? descr.group(1) : descr.group(2);
    NpyType type = NpyType.of(word).orElseThrow(() -> Unreadable.file(where, refusal(word)));
    return new NpyHeader(type, "True".equals(order.group(1)), sizes(shape.group(1), where));
  }

  private static String refusal(String word) {
    String bare = word.replaceFirst("^[<>|=]", "");
    if (bare.startsWith("U") || bare.startsWith("S")) {
      return "it holds strings (%s); give strings as a CSV with one column per input"
          .formatted(word);
    }
    if (bare.startsWith("O")) {
      return "it holds Python objects; convert it, for example with .astype(np.float32)";
    }
    return "its elements are '%s'; expected float16/32/64, int8 to int64, uint8 to uint64 or bool"
        .formatted(word);
  }

  private static List<Long> sizes(String text, String where) {
    List<Long> sizes = new ArrayList<>();
    long product = 1;
    for (String part : text.split(",", -1)) {
      String digits = part.strip();
      if (!digits.isEmpty()) {
        try {
          long size = Long.parseLong(digits);
          product = Math.multiplyExact(product, Math.max(1, size));
          sizes.add(size);
        } catch (NumberFormatException | ArithmeticException odd) {
          throw Unreadable.file(where, "its shape (%s) is not one".formatted(text), odd);
        }
      }
    }
    if (sizes.stream().anyMatch(size -> size < 0) || product > Long.MAX_VALUE / 8) {
      throw Unreadable.file(where, "its shape (%s) is not one".formatted(text));
    }
    return sizes;
  }

  /** {@return the number of elements in one step along the first dimension} */
  long elementsPerRow() {
    return shape.stream().skip(1).reduce(1L, (a, b) -> a * b);
  }
}
