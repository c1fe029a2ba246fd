package dev.slipway.onnx.quantize.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/** Compares what was read of a zip's entry with its checksum, which {@code ZipFile} does not. */
final class CheckedEntry extends CheckedInputStream {
  private final ZipEntry entry;

  CheckedEntry(InputStream stream, ZipEntry entry) {
    super(stream, new CRC32());
    this.entry = entry;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    return ended(read);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return ended(super.read(bytes, offset, length));
  }

  private int ended(int read) throws IOException {
    if (read < 0 && entry.getCrc() >= 0 && entry.getCrc() != getChecksum().getValue()) {
      throw new ZipException("checksum of " + entry.getName() + " does not fit its bytes");
    }
    return read;
  }
}
