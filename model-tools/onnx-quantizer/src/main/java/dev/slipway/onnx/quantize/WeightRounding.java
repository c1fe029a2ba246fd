package dev.slipway.onnx.quantize;

/**
 * Rounds the weights of one output channel to signed bytes under one symmetric scale s, choosing
 * the s with the least squared error Σ (w − s·q)². Where products meet in pairs in a 16-bit
 * register (u8 × s8 on x86 without VNNI), it keeps for every pair of adjacent weights the sum of
 * the positive ones at most {@value #PAIR_LIMIT} and of the negative ones at least −{@value
 * #PAIR_LIMIT}: 255 · 128 = 32640 fits 16 bits, so nothing saturates, whatever the activations are.
 * That costs less than giving up a bit of every weight, since large weights are seldom neighbours.
 */
final class WeightRounding {
  private static final int LARGEST = 127;
  private static final int PAIR_LIMIT = 128;

  /** Scales tried: from the one that clips nothing down to 60 % of it. */
  private static final int STEPS = 20;

  private static final double STEP = 0.02;

  private final boolean pairSafe;

  WeightRounding(boolean pairSafe) {
    this.pairSafe = pairSafe;
  }

  /**
   * Writes the rounded row; {@return its scale, a normal positive number}
   *
   * @param least the smallest scale allowed; 0 for any
   */
  float round(float[] row, byte[] rounded, double least) {
    double full = scaleWithoutClipping(row);
    if (full < Float.MIN_NORMAL) {
      java.util.Arrays.fill(rounded, (byte) 0);
      return 1;
    }
    if (full <= least) {
      apply(row, (float) least, rounded, Double.MAX_VALUE);
      return (float) least;
    }
    return search(row, rounded, full, least);
  }

  private float search(float[] row, byte[] rounded, double full, double leastScale) {
    float best = (float) full;
    double least = apply(row, best, rounded, Double.MAX_VALUE);
    byte[] trial = new byte[row.length];
    for (int step = 1; step <= STEPS; step++) {
      float scale = (float) (full * (1 - STEP * step));
      boolean allowed = scale >= Math.max(leastScale, Float.MIN_NORMAL);
      double error = allowed ? apply(row, scale, trial, least) : Double.MAX_VALUE;
      if (error < least) {
        least = error;
        best = scale;
        System.arraycopy(trial, 0, rounded, 0, trial.length);
      }
    }
    return best;
  }

  /** {@return whether the weight may take this step of one} */
  boolean allows(byte[] rounded, int index, int step) {
    int value = rounded[index] + step;
    int partner = index ^ 1;
    int other = pairSafe && partner < rounded.length ? rounded[partner] : 0;
    int together = Integer.signum(other) == Integer.signum(value) ? value + other : value;
    return Math.abs(value) <= LARGEST && Math.abs(together) <= PAIR_LIMIT;
  }

  /**
   * {@return whether the weight may take this step of one if its partner takes the opposite one}
   */
  boolean allowsExchange(byte[] rounded, int index, int step) {
    int partner = index ^ 1;
    if (!pairSafe || partner >= rounded.length) {
      return false;
    }
    int value = rounded[index] + step;
    int other = rounded[partner] - step;
    boolean same = Integer.signum(other) == Integer.signum(value);
    return Math.abs(value) <= LARGEST
        && Math.abs(other) <= LARGEST
        && (!same || Math.abs(value + other) <= PAIR_LIMIT);
  }

  private double scaleWithoutClipping(float[] row) {
    double scale = 0;
    for (float weight : row) {
      scale = Math.max(scale, Math.abs((double) weight) / LARGEST);
    }
    for (int i = 0; pairSafe && i + 1 < row.length; i += 2) {
      double positive = Math.max(0.0, row[i]) + Math.max(0.0, row[i + 1]);
      double negative = Math.max(0.0, -row[i]) + Math.max(0.0, -row[i + 1]);
      scale = Math.max(scale, Math.max(positive, negative) / PAIR_LIMIT);
    }
    return scale;
  }

  /**
   * Rounds under this scale, unless it is clear that it errs more than {@code most}; {@return the
   * squared error}
   */
  private double apply(float[] row, float scale, byte[] rounded, double most) {
    double perStep = 1.0 / scale;
    double error = 0;
    for (int i = 0; i < row.length && error < most; i += 2) {
      int next = Math.min(i + 1, row.length - 1);
      int one = level(row[i] * perStep);
      int two = level(row[next] * perStep);
      rounded[i] = (byte) one;
      rounded[next] = (byte) two;
      if (pairSafe && next > i && Math.abs(one + two) > PAIR_LIMIT) {
        makeSafe(row, scale, rounded, i);
      }
      double difference = row[i] - (double) scale * rounded[i];
      error += difference * difference;
      if (next > i) {
        double other = row[next] - (double) scale * rounded[next];
        error += other * other;
      }
    }
    return error;
  }

  private static int level(double value) {
    return (int) Math.rint(Math.max(-LARGEST, Math.min(LARGEST, value)));
  }

  /**
   * Takes single steps towards zero from the weight of the pair that loses least by it; both have
   * the same sign.
   */
  private static void makeSafe(float[] row, float scale, byte[] rounded, int first) {
    int sign = Integer.signum(rounded[first]);
    while (Math.abs(rounded[first] + rounded[first + 1]) > PAIR_LIMIT) {
      double left = sign * (rounded[first] - (double) row[first] / scale);
      double right = sign * (rounded[first + 1] - (double) row[first + 1] / scale);
      rounded[left >= right ? first : first + 1] -= (byte) sign;
    }
  }
}
