package dev.slipway.onnx.graph;

/**
 * What a reader accepts before it looks at the content.
 *
 * @param maxBytes size of the file and of all its external data together, in bytes
 * @param recursion nesting of protobuf messages; a subgraph costs three levels
 */
public record ReadLimits(long maxBytes, int recursion) {
  /** One protobuf message cannot be larger than 2 GiB; external data can. */
  private static final long DEFAULT_MAX_BYTES = 16L << 30;

  /** Protobuf's own default. */
  private static final int DEFAULT_RECURSION = 100;

  public ReadLimits {
    if (maxBytes < 1 || recursion < 1) {
      throw new IllegalArgumentException(
          "limits are positive, found " + maxBytes + ", " + recursion);
    }
  }

  /** {@return the limits for models of one's own making} */
  public static ReadLimits defaults() {
    return new ReadLimits(DEFAULT_MAX_BYTES, DEFAULT_RECURSION);
  }

  void checkSize(long bytes, String what) {
    if (bytes > maxBytes) {
      throw new OnnxException(
          OnnxException.Code.ONNX_TOO_LARGE,
          "%s has %d bytes, the limit is %d".formatted(what, bytes, maxBytes));
    }
  }
}
