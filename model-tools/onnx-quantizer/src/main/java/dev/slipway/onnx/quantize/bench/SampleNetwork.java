package dev.slipway.onnx.quantize.bench;

import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.quantize.CalibrationData;
import dev.slipway.onnx.quantize.CalibrationTensor;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * A network and inputs for it. Immutable and thread-safe.
 *
 * @param kind which network
 * @param model the float model
 * @param inputs makes one sample, batch 1, from a source of random numbers
 */
public record SampleNetwork(
    Kind kind, OnnxModel model, Function<Random, Map<String, CalibrationTensor>> inputs) {
  /** The networks. */
  public enum Kind {
    /** He et al., "Deep Residual Learning for Image Recognition", 2015, table 1, 50 layers. */
    RESNET_50("resnet50"),
    /** Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", 2018, table 2. */
    MOBILENET_V2("mobilenet-v2"),
    /** Six layers of Devlin et al., "BERT", 2018, 384 wide with 12 heads, 128 tokens. */
    ENCODER("encoder"),
    /** Embedding, two LSTM layers, the last one in both directions, and a linear layer. */
    LSTM("lstm"),
    /** Linear layers with ReLU between them. */
    MLP("mlp"),
    /** Kim, "Convolutional Neural Networks for Sentence Classification", 2014. */
    TEXT_CNN("text-cnn");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** {@return the word used on the command line and in tables} */
    public String word() {
      return word;
    }
  }

  /** {@return this many samples, made anew for each pass; equal seeds give equal samples} */
  public CalibrationData samples(int count, long seed) {
    return () ->
        LongStream.range(0, count)
            .mapToObj(index -> inputs.apply(new Random(seed * 1_000_003 + index)))
            .iterator();
  }
}
