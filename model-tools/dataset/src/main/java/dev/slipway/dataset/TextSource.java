package dev.slipway.dataset;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Opens bytes as strict UTF-8 text, and says what they are when they are something else. */
final class TextSource {
  private static final int LOOK_AT = 512;
  private static final int BUFFER = 1 << 16;

  private TextSource() {}

  /** {@return the text; reading it fails on bytes that are not UTF-8 and beyond the limit} */
  static BufferedReader open(InputStream bytes, ReadLimits limits)
      throws IOException, DatasetException {
    BufferedInputStream plain = new BufferedInputStream(bytes, BUFFER);
    byte[] start = peek(plain);
    if (startsWith(start, 0x1f, 0x8b)) {
      plain = new BufferedInputStream(new GZIPInputStream(plain, BUFFER), BUFFER);
      start = peek(plain);
    }
    refuseOtherFormats(start);
    if (startsWith(start, 0xef, 0xbb, 0xbf)) {
      plain.skipNBytes(3);
    }
    return new BufferedReader(
        new InputStreamReader(
            new Limited(plain, limits.bytes()),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)),
        BUFFER);
  }

  private static byte[] peek(BufferedInputStream stream) throws IOException {
    stream.mark(LOOK_AT);
    byte[] start = stream.readNBytes(LOOK_AT);
    stream.reset();
    return start;
  }

  private static void refuseOtherFormats(byte[] start) throws DatasetException {
    if (start.length == 0) {
      throw refusal("DATASET_EMPTY", "the file is empty; expected a header line and data rows");
    }
    if (startsWith(start, 0x80) && start.length > 1 && start[1] >= 2 && start[1] <= 5) {
      throw format("a Python pickle");
    }
    if (startsWith(start, 'P', 'K', 3, 4)) {
      throw format("a zip archive or a spreadsheet");
    }
    if (startsWith(start, 'P', 'A', 'R', '1')) {
      throw format("a Parquet file");
    }
    if (startsWith(start, '{') || startsWith(start, '[')) {
      throw format("JSON");
    }
    if (startsWith(start, '<')) {
      throw format("HTML or XML, perhaps the page of a failed download");
    }
    if (startsWith(start, 0x89, 'H', 'D', 'F')) {
      throw format("an HDF5 file");
    }
    if (startsWith(start, 0xff, 0xfe) || startsWith(start, 0xfe, 0xff) || hasZero(start)) {
      throw format("UTF-16 text or binary data");
    }
  }

  private static DatasetException format(String found) {
    return refusal(
        "DATASET_NOT_CSV",
        "expected CSV as UTF-8 text, found what looks like "
            + found
            + "; save it as CSV (UTF-8) and upload it again");
  }

  private static DatasetException refusal(String code, String message) {
    return DatasetException.of(DatasetProblem.file(code, message));
  }

  private static boolean hasZero(byte[] start) {
    for (byte value : start) {
      if (value == 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(byte[] start, int... expected) {
    if (start.length < expected.length) {
      return false;
    }
    byte[] signature = new byte[expected.length];
    for (int index = 0; index < expected.length; index++) {
      signature[index] = (byte) expected[index];
    }
    return Arrays.equals(start, 0, expected.length, signature, 0, expected.length);
  }

  /** Ends a decompression bomb. */
  private static final class Limited extends FilterInputStream {
    private final long most;
    private long left;

    Limited(InputStream in, long most) {
      super(in);
      this.most = most;
      this.left = most;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      count(Math.max(0, count));
      return count;
    }

    private void count(int read) throws TooLargeException {
      left -= read;
      if (left < 0) {
        throw new TooLargeException(most);
      }
    }
  }

  /** More bytes than the limit allows. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(long most) {
      super("expected at most " + most + " bytes");
    }
  }
}
