package dev.slipway.runtime;

import java.util.List;

/** What a model answered. */
public sealed interface Prediction {
  /**
   * Outputs that keep the signature's promises.
   *
   * @param outputs one tensor per output of the signature, in its order
   */
  record Valid(List<Tensor> outputs) implements Prediction {
    public Valid {
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * Outputs that nobody must see: NaN or infinity, a wrong shape or datatype, probabilities that
   * are none, a label that the signature does not know.
   *
   * @param problems what is wrong, in words; at least one
   */
  record Invalid(List<String> problems) implements Prediction {
    public Invalid {
      if (problems.isEmpty()) {
        throw new IllegalArgumentException(
            "problems is empty; an invalid answer names at least one");
      }
      problems = List.copyOf(problems);
    }
  }
}
