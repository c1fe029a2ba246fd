package dev.slipway.onnx.quantize.bench;

import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.quantize.CalibrationTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Networks for words and for rows of numbers. */
final class SequenceNetworks {
  private static final int WORDS = 32;
  private static final int CLASSES = 10;

  private SequenceNetworks() {}

  static SampleNetwork lstm(double scale, long seed) {
    LayerWriter layers = new LayerWriter("lstm", seed);
    int vocabulary = LayerWriter.scaled(10_000, scale);
    int width = LayerWriter.scaled(128, scale);
    int hidden = LayerWriter.scaled(256, scale);
    String ids = layers.input("ids", ElementType.INT64, Shape.batchOf(WORDS));
    String table = layers.weights("words", vocabulary, width, width / 2.0, vocabulary, width);
    String x = layers.node("Gather", table, ids);
    x = layers.graph().node("Transpose", List.of(x), Attributes.ofLongs("perm", 1, 0, 2));
    x = recurrent(layers, x, "first", width, hidden, 1);
    x = recurrent(layers, x, "second", hidden, hidden, 2);
    String mean =
        layers
            .graph()
            .node(
                "ReduceMean",
                List.of(x),
                Attributes.ofLongs("axes", 0),
                Attributes.of("keepdims", 0));
    layers.output(layers.gemm(mean, "head", 2 * hidden, CLASSES), "y", Shape.batchOf(CLASSES));
    return new SampleNetwork(
        SampleNetwork.Kind.LSTM, layers.build(), random -> words(random, vocabulary));
  }

  /** {@return the outputs of all steps, those of two directions side by side} */
  private static String recurrent(
      LayerWriter layers, String x, String name, int in, int hidden, int directions) {
    String w =
        layers.weights(name + ".w", directions * 4 * hidden, in, 0.7, directions, 4L * hidden, in);
    String r =
        layers.weights(
            name + ".r", directions * 4 * hidden, hidden, 0.4, directions, 4L * hidden, hidden);
    String b = layers.weights(name + ".b", directions, 8 * hidden, 0.1, directions, 8L * hidden);
    String all = layers.graph().freshName(name);
    layers
        .graph()
        .node(
            "LSTM",
            List.of(x, w, r, b),
            List.of(all),
            Attributes.of("hidden_size", hidden),
            Attributes.of("direction", directions == 1 ? "forward" : "bidirectional"));
    String steps =
        layers.graph().node("Transpose", List.of(all), Attributes.ofLongs("perm", 0, 2, 1, 3));
    String shape = layers.longs(name + ".shape", 0, 0, (long) directions * hidden);
    return layers.node("Reshape", steps, shape);
  }

  static SampleNetwork perceptron(double scale, long seed) {
    LayerWriter layers = new LayerWriter("mlp", seed);
    int width = LayerWriter.scaled(1024, scale);
    int in = LayerWriter.scaled(256, scale);
    String x = layers.input("x", ElementType.FLOAT, Shape.batchOf(in));
    String value = layers.node("Relu", layers.gemm(x, "first", in, width));
    value = layers.node("Relu", layers.gemm(value, "second", width, width));
    value = layers.node("Relu", layers.gemm(value, "third", width, width / 2));
    layers.output(layers.gemm(value, "head", width / 2, CLASSES), "y", Shape.batchOf(CLASSES));
    return new SampleNetwork(SampleNetwork.Kind.MLP, layers.build(), random -> row(random, in));
  }

  static SampleNetwork textCnn(double scale, long seed) {
    LayerWriter layers = new LayerWriter("text-cnn", seed);
    int vocabulary = LayerWriter.scaled(10_000, scale);
    int width = LayerWriter.scaled(128, scale);
    int filters = LayerWriter.scaled(128, scale);
    String ids = layers.input("ids", ElementType.INT64, Shape.batchOf(WORDS));
    String table = layers.weights("words", vocabulary, width, width / 2.0, vocabulary, width);
    String x = layers.node("Gather", table, ids);
    x = layers.graph().node("Transpose", List.of(x), Attributes.ofLongs("perm", 0, 2, 1));
    List<String> found = new ArrayList<>();
    for (int length = 3; length <= 5; length++) {
      String name = "filter" + length;
      String w = layers.weights(name, filters, width * length, 1, filters, width, length);
      String y =
          layers
              .graph()
              .node(
                  "Conv",
                  List.of(x, w, layers.bias(name + ".bias", filters)),
                  Attributes.ofLongs("kernel_shape", length));
      found.add(layers.node("GlobalMaxPool", layers.node("Relu", y)));
    }
    String all = layers.graph().node("Concat", found, Attributes.of("axis", 1));
    String flat = layers.node("Flatten", all);
    layers.output(layers.gemm(flat, "head", 3 * filters, CLASSES), "y", Shape.batchOf(CLASSES));
    return new SampleNetwork(
        SampleNetwork.Kind.TEXT_CNN, layers.build(), random -> words(random, vocabulary));
  }

  private static Map<String, CalibrationTensor> words(Random random, int vocabulary) {
    return Map.of(
        "ids",
        new CalibrationTensor.Longs(
            List.of(1L, (long) WORDS), LayerWriter.words(random, WORDS, vocabulary)));
  }

  private static Map<String, CalibrationTensor> row(Random random, int count) {
    return Map.of(
        "x",
        new CalibrationTensor.Floats(
            List.of(1L, (long) count), LayerWriter.smoothed(random, 1, count)));
  }
}
