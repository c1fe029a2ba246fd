package dev.slipway.dataset;

/**
 * How much of a hostile file is read before it is refused.
 *
 * @param bytes most bytes after decompression
 * @param rows most data rows
 * @param columns most columns
 * @param cells most cells of all rows together; each takes some 50 bytes of memory at worst
 * @param cellCharacters most characters of one cell
 */
public record ReadLimits(long bytes, int rows, int columns, long cells, int cellCharacters) {
  private static final long MIB = 1L << 20;

  /** {@return what a job with 4 GiB of heap can hold in the worst case} */
  public static ReadLimits defaults() {
    return new ReadLimits(256 * MIB, 2_000_000, 10_000, 40_000_000, 100_000);
  }
}
