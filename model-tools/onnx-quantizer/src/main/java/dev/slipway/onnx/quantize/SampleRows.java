package dev.slipway.onnx.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A bounded random choice of what a layer multiplies its weights with, over all calibration data:
 * reservoir sampling (Vitter, "Random Sampling with a Reservoir", 1985). Equal data gives an equal
 * choice. Not thread-safe.
 */
final class SampleRows implements RowCollector {
  /** Rows taken from one sample at most, so that one long sample does not crowd out the others. */
  private static final int PER_SAMPLE = 128;

  /** Memory for the rows of one layer. */
  private static final int MOST_NUMBERS = 1 << 21;

  private static final int MOST = 1024;

  private final WeightLayer layer;
  private final Random random = new Random(1);
  private final List<float[]> rows = new ArrayList<>();
  private long seen;

  SampleRows(WeightLayer layer) {
    this.layer = layer;
  }

  /** Takes rows from one value of the layer's activation. */
  @Override
  public void offer(float[] values, long[] shape) {
    if (!layer.accepts(shape)) {
      return;
    }
    long count = layer.rowsIn(shape);
    boolean all = count <= PER_SAMPLE;
    for (int i = 0; i < Math.min(count, PER_SAMPLE); i++) {
      long index = all ? i : random.nextLong(count);
      keep(values, shape, index);
    }
  }

  private void keep(float[] values, long[] shape, long index) {
    seen++;
    int most = rows.isEmpty() ? MOST : Math.clamp(MOST_NUMBERS / rows.getFirst().length, 64, MOST);
    if (rows.size() < most) {
      rows.add(layer.row(values, shape, index));
      return;
    }
    long place = random.nextLong(seen);
    if (place < rows.size()) {
      rows.set((int) place, layer.row(values, shape, index));
    }
  }

  /** {@return the rows chosen; forgets them} */
  List<float[]> take() {
    List<float[]> chosen = List.copyOf(rows);
    rows.clear();
    return chosen;
  }
}
