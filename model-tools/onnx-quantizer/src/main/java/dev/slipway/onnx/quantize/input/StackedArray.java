package dev.slipway.onnx.quantize.input;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.ZipException;

/** An array of which one part after the other is read. */
record StackedArray(String where, NpyHeader header, Source source) {
  /** What is transposed in memory is at most this large, in bytes. */
  private static final long MOST_TRANSPOSED = 256L << 20;

  /** Opens the file again, from its start. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  static StackedArray of(String where, Source source) {
    try (InputStream stream = source.open()) {
      return new StackedArray(where, NpyHeader.read(stream, where), source);
    } catch (ZipException broken) {
      throw Unreadable.file(where, "its compressed data is broken; write it again", broken);
    } catch (IOException failure) {
      throw Unreadable.file(where, "cannot be read: " + failure.getMessage(), failure);
    }
  }

  /** {@return a reader at the first element, in row-major order} */
  Reader reader() throws IOException {
    InputStream stream = source.open();
    NpyHeader.read(stream, where);
    return header.fortranOrder() && header.shape().size() > 1
        ? new Reader(this, transposed(stream))
        : new Reader(this, stream);
  }

  private InputStream transposed(InputStream stream) throws IOException {
    int rank = header.shape().size();
    long elements = header.shape().stream().reduce(1L, (a, b) -> a * b);
    int width = header.type().bytes();
    if (elements * width > MOST_TRANSPOSED) {
      throw Unreadable.file(
          where,
          "it is in Fortran order and has %d MB; more than %d MB are read in C order only: save"
                  .formatted((elements * width) >> 20, MOST_TRANSPOSED >> 20)
              + " np.ascontiguousarray(array)");
    }
    byte[] columns = full(stream, Math.toIntExact(elements * width));
    byte[] rows = new byte[columns.length];
    long[] place = new long[rank];
    for (int target = 0; target < elements; target++) {
      long from = 0;
      for (int axis = rank - 1; axis >= 0; axis--) {
        from = from * header.shape().get(axis) + place[axis];
      }
      System.arraycopy(columns, (int) from * width, rows, target * width, width);
      for (int axis = rank - 1; axis >= 0 && ++place[axis] == header.shape().get(axis); axis--) {
        place[axis] = 0;
      }
    }
    stream.close();
    return new java.io.ByteArrayInputStream(rows);
  }

  private byte[] full(InputStream stream, int length) throws IOException {
    byte[] bytes = stream.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException(
          "%d bytes are there where its head promises %d more".formatted(bytes.length, length));
    }
    return bytes;
  }

  /** Reads on from where it stands. */
  static final class Reader implements AutoCloseable {
    private final StackedArray array;
    private final InputStream stream;

    private Reader(StackedArray array, InputStream stream) {
      this.array = array;
      this.stream = stream;
    }

    ByteBuffer next(int elements) {
      try {
        byte[] bytes =
            array.full(stream, Math.multiplyExact(elements, array.header.type().bytes()));
        return ByteBuffer.wrap(bytes).order(array.header.type().order());
      } catch (EOFException cut) {
        throw Unreadable.file(
            array.where, "it is cut short: " + cut.getMessage() + "; write it again", cut);
      } catch (IOException broken) {
        throw Unreadable.file(
            array.where,
            "its data is broken (%s); write it again".formatted(broken.getMessage()),
            broken);
      }
    }

    /** Checks what follows the elements: nothing, and for a compressed file its checksum. */
    void expectEnd() {
      try {
        if (stream.read() >= 0) {
          throw Unreadable.file(array.where, "bytes follow its last element; write it again");
        }
      } catch (IOException broken) {
        throw Unreadable.file(
            array.where,
            "its data is broken (%s); write it again".formatted(broken.getMessage()),
            broken);
      }
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
