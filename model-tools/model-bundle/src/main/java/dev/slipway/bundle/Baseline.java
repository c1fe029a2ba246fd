package dev.slipway.bundle;

import java.util.List;

/**
 * What the training data looked like, for the watch on drift: {@code baseline.json}.
 *
 * @param inputs the profile of each input column
 * @param outputs the profile of each output on the held-out rows
 */
public record Baseline(List<ColumnProfile> inputs, List<ColumnProfile> outputs) {
  /** The version of the format that is written, and the only one that is read. */
  public static final int FORMAT_VERSION = 1;

  public Baseline {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * {@return the baseline in a {@code baseline.json}}
   *
   * @param utf8 its bytes
   * @throws BundleException with every problem found
   */
  public static Baseline read(byte[] utf8) {
    return BaselineJson.read(utf8);
  }

  /** {@return the bytes of {@code baseline.json}; equal baselines give equal bytes} */
  public byte[] write() {
    return BaselineJson.write(this);
  }
}
