package dev.slipway.pipeline.train;

import ai.djl.ndarray.NDArray;

/** What training makes small, and how targets are laid out for it. */
sealed interface Objective {
  /** {@return the targets of the rows named: row-major, outputs per row} */
  float[] encode(Target target, int[] rows);

  /** {@return the mean loss of network outputs against encoded targets, as a scalar array} */
  NDArray loss(NDArray outputs, NDArray encoded);

  /** {@return the objective of a task} */
  static Objective of(Target training, ClassWeights weights) {
    return switch (training) {
      case Target.Classes _ -> new CrossEntropy(weights);
      case Target.Numbers _ -> new SquaredError();
    };
  }

  /** Weighted cross-entropy: −Σ wᵢ log pᵢ / Σ wᵢ. */
  record CrossEntropy(ClassWeights weights) implements Objective {
    @Override
    public float[] encode(Target target, int[] rows) {
      Target.Classes classes = (Target.Classes) target;
      int outputs = classes.outputs();
      float[] encoded = new float[rows.length * outputs];
      for (int index = 0; index < rows.length; index++) {
        int label = classes.get(rows[index]);
        encoded[index * outputs + label] = (float) weights.get(label);
      }
      return encoded;
    }

    @Override
    public NDArray loss(NDArray outputs, NDArray encoded) {
      return outputs.logSoftmax(-1).mul(encoded).sum().neg().div(encoded.sum());
    }
  }

  /** Mean of (prediction − target)², on the scaled target. */
  record SquaredError() implements Objective {
    @Override
    public float[] encode(Target target, int[] rows) {
      Target.Numbers numbers = (Target.Numbers) target;
      float[] encoded = new float[rows.length];
      for (int index = 0; index < rows.length; index++) {
        encoded[index] = (float) numbers.get(rows[index]);
      }
      return encoded;
    }

    @Override
    public NDArray loss(NDArray outputs, NDArray encoded) {
      return outputs.sub(encoded).square().mean();
    }
  }
}
