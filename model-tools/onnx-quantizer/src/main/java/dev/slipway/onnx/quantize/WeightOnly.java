package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.Domains;
import dev.slipway.onnx.graph.GraphEditor;
import dev.slipway.onnx.graph.Tensors;
import java.util.List;

/**
 * Stores weights in 4 or 8 bits, one scale per {@value #BLOCK} inputs of an output, and computes in
 * float: {@code com.microsoft.MatMulNBits} of ONNX Runtime (docs/ContribOperators.md). Codes are
 * unsigned around 2^(bits−1). Makes models small, seldom faster.
 */
final class WeightOnly {
  /** A power of two of at least 16; 32 is what ONNX Runtime's kernels are made for. */
  static final int BLOCK = 32;

  /** A share of the block would be filler. */
  static final int LEAST_INPUTS = 16;

  /** Scales tried per block: from clipping nothing down to 70 %. */
  private static final int STEPS = 15;

  private static final double STEP = 0.02;

  private final GraphEditor graph;
  private final int bits;
  private final int middle;

  WeightOnly(GraphEditor graph, int bits) {
    this.graph = graph;
    this.bits = bits;
    this.middle = 1 << (bits - 1);
    graph.importOpset(Domains.MICROSOFT, 1);
  }

  void apply(LinearLayer layer) {
    float[][] rows = layer.rows();
    int inputs = rows[0].length;
    int blocks = Math.ceilDiv(inputs, BLOCK);
    int blob = BLOCK * bits / Byte.SIZE;
    byte[] packed = new byte[rows.length * blocks * blob];
    float[] scales = new float[rows.length * blocks];
    for (int block = 0; block < scales.length; block++) {
      float[] row = rows[block / blocks];
      int start = block % blocks * BLOCK;
      float[] part = java.util.Arrays.copyOfRange(row, start, start + BLOCK);
      scales[block] = scale(part);
      pack(part, scales[block], packed, block * blob);
    }
    String stem = layer.node().output();
    String values =
        graph.putConstant(
            Tensors.uint8(
                graph.freshName(stem + "_codes"), new long[] {rows.length, blocks, blob}, packed));
    String scale = graph.putConstant(Tensors.floats(graph.freshName(stem + "_scales"), scales));
    String product = layer.bias().isPresent() ? graph.freshName(stem + "_product") : stem;
    graph.remove(layer.node());
    graph.add(
        Domains.MICROSOFT,
        "MatMulNBits",
        List.of(layer.activation(), values, scale),
        List.of(product),
        List.of(
            Attributes.of("K", inputs),
            Attributes.of("N", rows.length),
            Attributes.of("bits", bits),
            Attributes.of("block_size", BLOCK)));
    layer
        .bias()
        .ifPresent(bias -> graph.add("Add", List.of(product, bias.getName()), List.of(stem)));
  }

  /**
   * The scale of least squared error; its sign lets the largest weight use the code −2^(bits−1).
   */
  private float scale(float[] part) {
    float peak = 0;
    for (float weight : part) {
      peak = Math.abs(weight) > Math.abs(peak) ? weight : peak;
    }
    if (Math.abs(peak) < Float.MIN_NORMAL * middle) {
      return 1;
    }
    float best = -peak / middle;
    double least = error(part, best);
    for (int step = 1; step <= STEPS; step++) {
      for (int sign = -1; sign <= 1; sign += 2) {
        float trial = (float) (sign * (double) peak / (middle - 1) * (1 - STEP * (step - 1)));
        double error = error(part, trial);
        if (error < least) {
          least = error;
          best = trial;
        }
      }
    }
    return best;
  }

  private double error(float[] part, float scale) {
    double error = 0;
    for (float weight : part) {
      double difference = weight - (double) scale * code(weight, scale);
      error += difference * difference;
    }
    return error;
  }

  private int code(float weight, float scale) {
    return Math.toIntExact(
        Math.clamp(Math.round((double) weight / scale), -(long) middle, middle - 1));
  }

  private void pack(float[] part, float scale, byte[] packed, int offset) {
    for (int i = 0; i < part.length; i++) {
      int code = code(part[i], scale) + middle;
      if (bits == Byte.SIZE) {
        packed[offset + i] = (byte) code;
      } else {
        // The first of two codes is in the low half.
        packed[offset + i / 2] |= (byte) (code << (i % 2 * 4));
      }
    }
  }

  /** {@return how the outcome is told} */
  String description() {
    return "weights stored in %d bits, computed in float".formatted(bits);
  }
}
