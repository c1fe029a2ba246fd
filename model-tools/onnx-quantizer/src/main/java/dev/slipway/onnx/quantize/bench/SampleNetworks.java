package dev.slipway.onnx.quantize.bench;

/** Makes the networks of the bench. */
public final class SampleNetworks {
  private SampleNetworks() {}

  /**
   * {@return the network; equal arguments give equal bytes}
   *
   * @param scale 1 for the size in which the network is known; less makes every layer (and image or
   *     vocabulary) narrower in proportion, at least 0.01
   * @param seed of the weights
   */
  public static SampleNetwork of(SampleNetwork.Kind kind, double scale, long seed) {
    if (!(scale >= 0.01 && scale <= 1)) {
      throw new IllegalArgumentException("the scale is 0.01 to 1, found " + scale);
    }
    return switch (kind) {
      case RESNET_50 -> ImageNetworks.resNet50(scale, seed);
      case MOBILENET_V2 -> ImageNetworks.mobileNetV2(scale, seed);
      case ENCODER -> EncoderNetwork.encoder(scale, seed);
      case LSTM -> SequenceNetworks.lstm(scale, seed);
      case MLP -> SequenceNetworks.perceptron(scale, seed);
      case TEXT_CNN -> SequenceNetworks.textCnn(scale, seed);
    };
  }
}
