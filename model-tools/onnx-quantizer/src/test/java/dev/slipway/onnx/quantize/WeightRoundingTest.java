package dev.slipway.onnx.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightRoundingTest {
  private static final int LENGTH = 301;

  @Test
  void round_pairSafe_noPairCanSaturate() {
    for (int seed = 0; seed < 50; seed++) {
      byte[] rounded = new byte[LENGTH];

      new WeightRounding(true).round(row(seed), rounded, 0);

      for (int i = 0; i + 1 < LENGTH; i += 2) {
        int positive = Math.max(0, rounded[i]) + Math.max(0, rounded[i + 1]);
        int negative = Math.min(0, rounded[i]) + Math.min(0, rounded[i + 1]);
        assertTrue(255 * positive <= Short.MAX_VALUE, "sum " + positive);
        assertTrue(255 * negative >= Short.MIN_VALUE, "sum " + negative);
      }
    }
  }

  @Test
  void round_pairSafe_isCloserThanSevenBits() {
    double safe = 0;
    double seven = 0;
    for (int seed = 0; seed < 50; seed++) {
      float[] row = row(seed);
      byte[] rounded = new byte[LENGTH];
      safe += error(row, rounded, new WeightRounding(true).round(row, rounded, 0));
      seven += sevenBitError(row);
    }

    assertTrue(safe < 0.6 * seven, safe + " against " + seven);
  }

  @Test
  void round_fullRange_isCloserThanPairSafe() {
    float[] row = row(7);
    byte[] full = new byte[LENGTH];
    byte[] safe = new byte[LENGTH];

    double fullError = error(row, full, new WeightRounding(false).round(row, full, 0));
    double safeError = error(row, safe, new WeightRounding(true).round(row, safe, 0));

    assertTrue(fullError < safeError, fullError + " against " + safeError);
  }

  @Test
  void round_zeros_haveScaleOne() {
    byte[] rounded = {1, 2};

    assertEquals(1f, new WeightRounding(true).round(new float[2], rounded, 0));
    assertArrayEquals(new byte[2], rounded);
  }

  @Test
  void round_leastScale_isKept() {
    byte[] rounded = new byte[2];

    assertEquals(0.5f, new WeightRounding(true).round(new float[] {1, -1}, rounded, 0.5));
    assertArrayEquals(new byte[] {2, -2}, rounded);
  }

  private static float[] row(int seed) {
    Random random = new Random(seed);
    float[] row = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      row[i] = (float) random.nextGaussian();
    }
    return row;
  }

  private static double error(float[] row, byte[] rounded, float scale) {
    double error = 0;
    for (int i = 0; i < row.length; i++) {
      error += Math.pow(row[i] - (double) scale * rounded[i], 2);
    }
    return error;
  }

  private static double sevenBitError(float[] row) {
    float peak = 0;
    for (float weight : row) {
      peak = Math.max(peak, Math.abs(weight));
    }
    byte[] rounded = new byte[row.length];
    for (int i = 0; i < row.length; i++) {
      rounded[i] = (byte) Math.round(row[i] / (peak / 64));
    }
    return error(row, rounded, peak / 64);
  }
}
