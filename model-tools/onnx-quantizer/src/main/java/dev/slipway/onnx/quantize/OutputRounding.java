package dev.slipway.onnx.quantize;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rounds weights up or down so that the output of their layer is closest, by coordinate descent on
 * eᵀ·H·e with e = w − s·q and H = Xᵀ·X/R + λ·I from rows X of real inputs: the objective of Nagel
 * et al., "Up or Down? Adaptive Rounding for Post-Training Quantization", ICML 2020, equation 8. A
 * step of one in weight k changes it by s²·H(k,k) − 2·s·|(H·e)(k)|. Where pairs must not saturate,
 * only steps that keep them safe are taken. Columns beyond {@value #BLOCK} apart count as
 * uncorrelated, which bounds memory.
 */
final class OutputRounding {
  private static final int BLOCK = 1024;
  private static final int SWEEPS = 4;

  /** Share of the mean square that λ is at least. */
  private static final double LEAST_DAMPING = 0.01;

  private final WeightLayer layer;
  private final RoundedWeights weights;
  private final List<float[]> samples;
  private final WeightRounding limits;

  OutputRounding(
      WeightLayer layer, RoundedWeights weights, List<float[]> samples, boolean pairSafe) {
    this.layer = layer;
    this.weights = weights;
    this.samples = samples;
    this.limits = new WeightRounding(pairSafe);
  }

  /** Changes the rounded rows in place. */
  void apply() {
    float[][] exact = layer.rows();
    int from = 0;
    while (from < exact.length) {
      int to = from + 1;
      while (to < exact.length && layer.group(to) == layer.group(from)) {
        to++;
      }
      for (int start = 0; start < exact[from].length; start += BLOCK) {
        int end = Math.min(start + BLOCK, exact[from].length);
        block(exact, from, to, start, end);
      }
      from = to;
    }
  }

  private void block(float[][] exact, int from, int to, int start, int end) {
    float[][] products = products(from, start, end);
    IntStream.range(from, to)
        .parallel()
        .forEach(output -> descend(exact[output], output, start, products));
  }

  private float[][] products(int output, int start, int end) {
    int size = end - start;
    float[][] products = new float[size][size];
    float[] x = new float[size];
    int[] columns = new int[size];
    Arrays.setAll(columns, i -> layer.sampleColumn(output, start + i));
    for (float[] sample : samples) {
      for (int i = 0; i < size; i++) {
        x[i] = sample[columns[i]];
      }
      for (int i = 0; i < size; i++) {
        addScaled(products[i], x, x[i]);
      }
    }
    double trace = 0;
    for (int i = 0; i < size; i++) {
      trace += products[i][i];
    }
    // With few rows, what two columns have in common on them is partly chance.
    double chance = size / (double) (size + 4 * samples.size());
    float damping = (float) (Math.max(LEAST_DAMPING, chance) * trace / size);
    for (int i = 0; i < size; i++) {
      products[i][i] += damping;
    }
    return products;
  }

  private static void addScaled(float[] sum, float[] values, float factor) {
    if (factor != 0) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += factor * values[i];
      }
    }
  }

  private void descend(float[] exact, int output, int start, float[][] products) {
    byte[] rounded = weights.rows()[output];
    float scale = weights.scales()[output];
    float[] gradient = new float[products.length];
    for (int i = 0; i < products.length; i++) {
      addScaled(gradient, products[i], exact[start + i] - scale * rounded[start + i]);
    }
    boolean changed = true;
    for (int sweep = 0; changed && sweep < SWEEPS; sweep++) {
      changed = false;
      for (int i = 0; i < products.length; i++) {
        int step = gradient[i] > 0 ? 1 : -1;
        boolean wanted = 2 * Math.abs(gradient[i]) > scale * products[i][i];
        if (wanted && limits.allows(rounded, start + i, step)) {
          move(rounded, start, i, step, scale, gradient, products);
          changed = true;
        } else if (wanted && exchangeHelps(rounded, start, i, step, scale, gradient, products)) {
          move(rounded, start, i ^ 1, -step, scale, gradient, products);
          move(rounded, start, i, step, scale, gradient, products);
          changed = true;
        }
      }
    }
  }

  /** {@return whether a pair that is at its limit gains by giving one weight what it takes} */
  private boolean exchangeHelps(
      byte[] rounded,
      int start,
      int i,
      int step,
      float scale,
      float[] gradient,
      float[][] products) {
    int j = i ^ 1;
    if (j >= products.length || !limits.allowsExchange(rounded, start + i, step)) {
      return false;
    }
    float curvature = products[i][i] + products[j][j] - 2 * products[i][j];
    return 2 * step * (gradient[i] - gradient[j]) > scale * curvature;
  }

  private static void move(
      byte[] rounded,
      int start,
      int i,
      int step,
      float scale,
      float[] gradient,
      float[][] products) {
    rounded[start + i] += (byte) step;
    addScaled(gradient, products[i], -scale * step);
  }
}
