package dev.slipway.pipeline.train;

import java.util.ArrayList;
import java.util.List;

/**
 * A feed-forward network as data. It builds both the training block ({@link DjlBlocks}) and the
 * ONNX nodes, so that what was trained and what is served have one description.
 *
 * @param inputs number of features, at least 1
 * @param layers first to last; the last one is {@link Layer.Linear} and gives logits or the scaled
 *     prediction
 */
public record NetworkSpec(int inputs, List<Layer> layers) {
  /** One layer with all its hyper-parameters. */
  public sealed interface Layer {
    /**
     * y = W·x + b.
     *
     * @param units number of outputs, at least 1
     */
    record Linear(int units) implements Layer {
      /** Refuses a layer without units. */
      public Linear {
        if (units < 1) {
          throw new IllegalArgumentException("units is " + units + "; expected at least 1");
        }
      }
    }

    /** y = max(0, x). */
    record Relu() implements Layer {}

    /**
     * In training, zeroes each value with this probability and scales the others up; absent in the
     * exported graph.
     *
     * @param rate in [0, 1)
     */
    record Dropout(double rate) implements Layer {
      /** Refuses a rate outside [0, 1). */
      public Dropout {
        if (!(rate >= 0 && rate < 1)) {
          throw new IllegalArgumentException(
              "dropout rate is " + rate + "; expected 0 <= rate < 1");
        }
      }
    }
  }

  /** Refuses networks that do not end in a linear layer. */
  public NetworkSpec {
    if (inputs < 1) {
      throw new IllegalArgumentException("inputs is " + inputs + "; expected at least 1");
    }
    if (layers.isEmpty() || !(layers.getLast() instanceof Layer.Linear)) {
      throw new IllegalArgumentException("the last layer must be linear; layers are " + layers);
    }
    layers = List.copyOf(layers);
  }

  /** {@return a network of one linear layer} */
  public static NetworkSpec linear(int inputs, int outputs) {
    return new NetworkSpec(inputs, List.of(new Layer.Linear(outputs)));
  }

  /**
   * {@return a multi-layer perceptron with ReLU and, when the rate is above 0, dropout after each
   * hidden layer}
   */
  public static NetworkSpec perceptron(
      int inputs, List<Integer> hiddenUnits, double dropout, int outputs) {
    List<Layer> layers = new ArrayList<>();
    for (int units : hiddenUnits) {
      layers.add(new Layer.Linear(units));
      layers.add(new Layer.Relu());
      if (dropout > 0) {
        layers.add(new Layer.Dropout(dropout));
      }
    }
    layers.add(new Layer.Linear(outputs));
    return new NetworkSpec(inputs, layers);
  }

  /** {@return the unit counts of the linear layers, first to last} */
  public List<Integer> units() {
    return layers.stream()
        .filter(Layer.Linear.class::isInstance)
        .map(layer -> ((Layer.Linear) layer).units())
        .toList();
  }

  /** {@return the number of outputs} */
  public int outputs() {
    return units().getLast();
  }

  /**
   * {@return the same network with other unit counts; dropout, of no use after training, is left
   * out}
   */
  NetworkSpec withUnits(List<Integer> units) {
    List<Layer> changed = new ArrayList<>();
    int next = 0;
    for (Layer layer : layers) {
      switch (layer) {
        case Layer.Linear _ -> changed.add(new Layer.Linear(units.get(next++)));
        case Layer.Relu relu -> changed.add(relu);
        case Layer.Dropout _ -> {
          // Acts in training only.
        }
      }
    }
    return new NetworkSpec(inputs, changed);
  }
}
