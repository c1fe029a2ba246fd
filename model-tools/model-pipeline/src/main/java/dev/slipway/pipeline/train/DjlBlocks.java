package dev.slipway.pipeline.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.initializer.Initializer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Builds DJL blocks from a {@link NetworkSpec} and reads trained weights back. */
final class DjlBlocks {
  private DjlBlocks() {}

  static Block build(NetworkSpec spec) {
    SequentialBlock block = new SequentialBlock();
    for (NetworkSpec.Layer layer : spec.layers()) {
      switch (layer) {
        case NetworkSpec.Layer.Linear linear ->
            block.add(Linear.builder().setUnits(linear.units()).build());
        case NetworkSpec.Layer.Relu _ -> block.add(Activation.reluBlock());
        case NetworkSpec.Layer.Dropout dropout ->
            block.add(Dropout.builder().optRate((float) dropout.rate()).build());
      }
    }
    return block;
  }

  /**
   * Uniform weights within ±√(6 / inputs) from our own generator, so that a seed means the same on
   * every device. K. He, X. Zhang, S. Ren, J. Sun: Delving Deep into Rectifiers, 2015, eq. 10
   * (uniform form).
   */
  static Initializer heUniform(RandomGenerator random) {
    return new Initializer() {
      @Override
      public NDArray initialize(NDManager manager, Shape shape, DataType type) {
        double bound = Math.sqrt(6.0 / shape.get(1));
        float[] values = new float[(int) shape.size()];
        for (int index = 0; index < values.length; index++) {
          values[index] = (float) random.nextDouble(-bound, bound);
        }
        return manager.create(values, shape);
      }
    };
  }

  /** Copies the weights of every linear layer out of a trained block. */
  static List<DenseWeights> weights(Block block) {
    List<DenseWeights> weights = new ArrayList<>();
    for (Block child : block.getChildren().values()) {
      if (child instanceof Linear linear) {
        NDArray kernel = parameter(linear, Parameter.Type.WEIGHT);
        NDArray bias = parameter(linear, Parameter.Type.BIAS);
        weights.add(
            new DenseWeights(
                (int) kernel.getShape().get(0),
                (int) kernel.getShape().get(1),
                kernel.toFloatArray(),
                bias.toFloatArray()));
      }
    }
    return weights;
  }

  private static NDArray parameter(Linear linear, Parameter.Type type) {
    return linear.getDirectParameters().values().stream()
        .filter(parameter -> parameter.getType() == type)
        .findFirst()
        .orElseThrow()
        .getArray();
  }
}
