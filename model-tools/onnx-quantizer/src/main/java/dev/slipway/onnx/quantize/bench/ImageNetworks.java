package dev.slipway.onnx.quantize.bench;

import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.quantize.CalibrationTensor;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Convolutional networks for images of three colours, batch norms already folded. */
final class ImageNetworks {
  private static final int CLASSES = 1000;
  private static final int COLOURS = 3;

  /** Width, blocks and first stride of the four stages. */
  private static final int[][] RESIDUAL_STAGES = {
    {64, 3, 1}, {128, 4, 2}, {256, 6, 2}, {512, 3, 2}
  };

  private static final int EXPANSION = 4;

  /** Expansion, width, blocks and first stride. */
  private static final int[][] INVERTED_STAGES = {
    {1, 16, 1, 1},
    {6, 24, 2, 2},
    {6, 32, 3, 2},
    {6, 64, 4, 2},
    {6, 96, 3, 1},
    {6, 160, 3, 2},
    {6, 320, 1, 1}
  };

  private ImageNetworks() {}

  static SampleNetwork resNet50(double scale, long seed) {
    LayerWriter layers = new LayerWriter("resnet50", seed);
    int side = side(scale);
    String x = layers.input("x", ElementType.FLOAT, Shape.batchOf(COLOURS, side, side));
    int width = LayerWriter.scaled(64, scale);
    String value = layers.node("Relu", layers.convolution(x, "stem", COLOURS, width, 7, 2, 1));
    value =
        layers
            .graph()
            .node(
                "MaxPool",
                List.of(value),
                Attributes.ofLongs("kernel_shape", 3, 3),
                Attributes.ofLongs("strides", 2, 2),
                Attributes.ofLongs("pads", 1, 1, 1, 1));
    for (int stage = 0; stage < RESIDUAL_STAGES.length; stage++) {
      int[] shape = RESIDUAL_STAGES[stage];
      int inner = LayerWriter.scaled(shape[0], scale);
      for (int block = 0; block < shape[1]; block++) {
        int stride = block == 0 ? shape[2] : 1;
        value = bottleneck(layers, value, "s" + stage + "b" + block, width, inner, stride);
        width = inner * EXPANSION;
      }
    }
    return classifier(SampleNetwork.Kind.RESNET_50, layers, value, width, side);
  }

  private static String bottleneck(
      LayerWriter layers, String x, String name, int in, int inner, int stride) {
    int out = inner * EXPANSION;
    String a = layers.node("Relu", layers.convolution(x, name + ".a", in, inner, 1, 1, 1));
    String b = layers.node("Relu", layers.convolution(a, name + ".b", inner, inner, 3, stride, 1));
    String c = layers.convolution(b, name + ".c", inner, out, 1, 1, 1);
    String skip =
        in == out && stride == 1 ? x : layers.convolution(x, name + ".skip", in, out, 1, stride, 1);
    return layers.node("Relu", layers.node("Add", c, skip));
  }

  static SampleNetwork mobileNetV2(double scale, long seed) {
    LayerWriter layers = new LayerWriter("mobilenet-v2", seed);
    int side = side(scale);
    String x = layers.input("x", ElementType.FLOAT, Shape.batchOf(COLOURS, side, side));
    layers.scalar("zero", 0);
    layers.scalar("six", 6);
    int width = LayerWriter.scaled(32, scale);
    String value = clip(layers, layers.convolution(x, "stem", COLOURS, width, 3, 2, 1));
    for (int stage = 0; stage < INVERTED_STAGES.length; stage++) {
      int[] shape = INVERTED_STAGES[stage];
      int out = LayerWriter.scaled(shape[1], scale);
      for (int block = 0; block < shape[2]; block++) {
        int stride = block == 0 ? shape[3] : 1;
        String name = "s" + stage + "b" + block;
        value = inverted(layers, value, name, new int[] {width, width * shape[0], out, stride});
        width = out;
      }
    }
    int last = LayerWriter.scaled(1280, scale);
    value = clip(layers, layers.convolution(value, "last", width, last, 1, 1, 1));
    return classifier(SampleNetwork.Kind.MOBILENET_V2, layers, value, last, side);
  }

  /** {@code shape}: width in, width inside, width out, stride. */
  private static String inverted(LayerWriter layers, String x, String name, int[] shape) {
    int inner = shape[1];
    String wide =
        inner == shape[0]
            ? x
            : clip(layers, layers.convolution(x, name + ".expand", shape[0], inner, 1, 1, 1));
    String deep =
        clip(layers, layers.convolution(wide, name + ".depth", inner, inner, 3, shape[3], inner));
    String narrow = layers.convolution(deep, name + ".project", inner, shape[2], 1, 1, 1);
    return shape[0] == shape[2] && shape[3] == 1 ? layers.node("Add", x, narrow) : narrow;
  }

  private static String clip(LayerWriter layers, String x) {
    return layers.node("Clip", x, "zero", "six");
  }

  private static SampleNetwork classifier(
      SampleNetwork.Kind kind, LayerWriter layers, String value, int width, int side) {
    String flat = layers.node("Flatten", layers.node("GlobalAveragePool", value));
    layers.output(layers.gemm(flat, "head", width, CLASSES), "y", Shape.batchOf(CLASSES));
    return new SampleNetwork(kind, layers.build(), images(side));
  }

  private static int side(double scale) {
    return 32 * Math.max(1, (int) Math.round(7 * scale));
  }

  private static Function<Random, Map<String, CalibrationTensor>> images(int side) {
    List<Long> shape = List.of(1L, (long) COLOURS, (long) side, (long) side);
    return random ->
        Map.of(
            "x",
            new CalibrationTensor.Floats(
                shape, LayerWriter.smoothed(random, COLOURS * side, side)));
  }
}
