package dev.slipway.onnx.quantize.bench;

import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.quantize.CalibrationTensor;
import java.util.List;
import java.util.Map;

/** A transformer encoder as exporters write it: attention and Gelu in their small operators. */
final class EncoderNetwork {
  private static final int LAYERS = 6;
  private static final int TOKENS = 128;
  private static final int HEAD = 32;

  private final LayerWriter layers;
  private final int width;

  private EncoderNetwork(LayerWriter layers, int width) {
    this.layers = layers;
    this.width = width;
  }

  static SampleNetwork encoder(double scale, long seed) {
    LayerWriter layers = new LayerWriter("encoder", seed);
    int width = Math.max(HEAD, (int) Math.round(12 * scale) * HEAD);
    int tokens = Math.max(8, (int) Math.round(TOKENS * Math.sqrt(scale)));
    int vocabulary = LayerWriter.scaled(30_522, scale);
    new EncoderNetwork(layers, width).write(vocabulary, tokens);
    List<Long> shape = List.of(1L, (long) tokens);
    return new SampleNetwork(
        SampleNetwork.Kind.ENCODER,
        layers.build(),
        random ->
            Map.of(
                "ids",
                new CalibrationTensor.Longs(shape, LayerWriter.words(random, tokens, vocabulary))));
  }

  private void write(int vocabulary, int tokens) {
    String ids = layers.input("ids", ElementType.INT64, Shape.batchOf(tokens));
    String table = layers.weights("words", vocabulary, width, width / 2.0, vocabulary, width);
    String places = layers.weights("places", tokens, width, width / 8.0, tokens, width);
    layers.longs("split", 0, 0, width / HEAD, HEAD);
    layers.longs("join", 0, 0, width);
    layers.scalar("root", (float) Math.sqrt(HEAD));
    layers.scalar("sqrt2", (float) Math.sqrt(2));
    layers.scalar("half", 0.5f);
    layers.scalar("one", 1);
    String value = layers.node("Add", layers.node("Gather", table, ids), places);
    value = layers.layerNorm(value, "embedding.norm", width);
    for (int layer = 0; layer < LAYERS; layer++) {
      value = layer(value, "layer" + layer);
    }
    layers.output(value, "y", Shape.batchOf(tokens, width));
  }

  private String layer(String x, String name) {
    String attended = attention(x, name + ".attention");
    String middle =
        layers.layerNorm(layers.node("Add", attended, x), name + ".attention.norm", width);
    String wide = gelu(layers.linear(middle, name + ".up", width, 4 * width));
    String down = layers.linear(wide, name + ".down", 4 * width, width);
    return layers.layerNorm(layers.node("Add", down, middle), name + ".norm", width);
  }

  private String attention(String x, String name) {
    String q = heads(layers.linear(x, name + ".query", width, width), 0, 2, 1, 3);
    String k = heads(layers.linear(x, name + ".key", width, width), 0, 2, 3, 1);
    String v = heads(layers.linear(x, name + ".value", width, width), 0, 2, 1, 3);
    String scores = layers.node("Div", layers.node("MatMul", q, k), "root");
    String shares = layers.graph().node("Softmax", List.of(scores), Attributes.of("axis", -1));
    String mixed = transpose(layers.node("MatMul", shares, v), 0, 2, 1, 3);
    return layers.linear(layers.node("Reshape", mixed, "join"), name + ".out", width, width);
  }

  private String heads(String x, long... order) {
    return transpose(layers.node("Reshape", x, "split"), order);
  }

  private String transpose(String x, long... order) {
    return layers.graph().node("Transpose", List.of(x), Attributes.ofLongs("perm", order));
  }

  /** x/2 · (1 + erf(x/√2)). */
  private String gelu(String x) {
    String erf = layers.node("Erf", layers.node("Div", x, "sqrt2"));
    return layers.node("Mul", layers.node("Mul", x, layers.node("Add", erf, "one")), "half");
  }
}
