package dev.slipway.onnx.quantize.bench;

import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphBuilder;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.graph.Tensors;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Writes layers with random weights: normal with the variance that keeps signals alive (He et al.,
 * "Delving Deep into Rectifiers", 2015) times a log-normal factor per output channel, since trained
 * channels differ in size too. Not thread-safe.
 */
final class LayerWriter {
  private static final int MULTIPLE = 8;

  /** Standard deviation of the logarithm of a channel's size. */
  private static final double SPREAD = 0.4;

  private final GraphBuilder graph;
  private final Random random;

  LayerWriter(String name, long seed) {
    graph = GraphBuilder.named(name).producer("slipway-bench", "1");
    random = new Random(seed);
  }

  GraphBuilder graph() {
    return graph;
  }

  OnnxModel build() {
    return graph.build();
  }

  /** {@return a width in proportion, a multiple of eight and at least that} */
  static int scaled(int width, double scale) {
    return Math.max(MULTIPLE, (int) Math.round(width * scale / MULTIPLE) * MULTIPLE);
  }

  String input(String name, ElementType type, Shape shape) {
    return graph.input(name, type, shape);
  }

  void output(String value, String name, Shape shape) {
    graph.node("Identity", List.of(value), List.of(name));
    graph.output(name, ElementType.FLOAT, shape);
  }

  String node(String type, String... inputs) {
    return graph.node(type, List.of(inputs));
  }

  /** A convolution with bias; "same" padding. */
  String convolution(String x, String name, int in, int out, int kernel, int stride, int groups) {
    int fan = in / groups * kernel * kernel;
    String w = weights(name + ".weight", out, fan, 1, out, in / groups, kernel, kernel);
    int pad = kernel / 2;
    return graph.node(
        "Conv",
        List.of(x, w, bias(name + ".bias", out)),
        Attributes.ofLongs("kernel_shape", kernel, kernel),
        Attributes.ofLongs("strides", stride, stride),
        Attributes.ofLongs("pads", pad, pad, pad, pad),
        Attributes.of("group", groups));
  }

  /** y = x·W + b as Gemm; for two dimensions. */
  String gemm(String x, String name, int in, int out) {
    String w = weights(name + ".weight", out, in, 1, out, in);
    return graph.node("Gemm", List.of(x, w, bias(name + ".bias", out)), Attributes.of("transB", 1));
  }

  /** y = x·W + b as MatMul and Add; for any number of dimensions. */
  String linear(String x, String name, int in, int out) {
    float[] columns = new float[in * out];
    float[] rows = values(out, in, 0.5);
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        columns[i * out + o] = rows[o * in + i];
      }
    }
    String w = graph.constant(Tensors.floats(name + ".weight", new long[] {in, out}, columns));
    return node("Add", node("MatMul", x, w), bias(name + ".bias", out));
  }

  /** Gains are log-normal and a hundredth of them are large, as in trained transformers. */
  String layerNorm(String x, String name, int width) {
    float[] gains = new float[width];
    for (int i = 0; i < width; i++) {
      gains[i] = (float) (Math.exp(0.2 * random.nextGaussian()) * (i % 100 == 7 ? 4 : 1));
    }
    String gain = graph.constant(Tensors.floats(name + ".weight", gains));
    return graph.node(
        "LayerNormalization",
        List.of(x, gain, bias(name + ".bias", width)),
        Attributes.of("axis", -1),
        Attributes.of("epsilon", 1e-5f));
  }

  String bias(String name, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (0.1 * random.nextGaussian());
    }
    return graph.constant(Tensors.floats(name, values));
  }

  /** Weights of {@code rows} channels with {@code fan} inputs each. */
  String weights(String name, int rows, int fan, double gain, long... shape) {
    return graph.constant(Tensors.floats(name, shape, values(rows, fan, gain)));
  }

  float[] values(int rows, int fan, double gain) {
    float[] values = new float[rows * fan];
    double size = Math.sqrt(2.0 * gain / fan) * Math.exp(-SPREAD * SPREAD);
    for (int row = 0; row < rows; row++) {
      double spread = size * Math.exp(SPREAD * random.nextGaussian());
      for (int i = 0; i < fan; i++) {
        values[row * fan + i] = (float) (spread * random.nextGaussian());
      }
    }
    return values;
  }

  String longs(String name, long... values) {
    return graph.constant(Tensors.longs(name, values));
  }

  String scalar(String name, float value) {
    return graph.constant(Tensors.scalar(name, value));
  }

  /** {@return noise smoothed along the last axis, so that neighbours look alike} */
  static float[] smoothed(Random random, int rows, int length) {
    float[] values = new float[rows * length];
    for (int row = 0; row < rows; row++) {
      double level = random.nextGaussian();
      for (int i = 0; i < length; i++) {
        level = 0.8 * level + 0.6 * random.nextGaussian();
        values[row * length + i] = (float) level;
      }
    }
    return values;
  }

  static long[] words(Random random, int count, int vocabulary) {
    return IntStream.range(0, count)
        // Squaring makes small numbers common, as frequent words are.
        .mapToLong(_ -> (long) (Math.pow(random.nextDouble(), 2) * vocabulary))
        .toArray();
  }
}
