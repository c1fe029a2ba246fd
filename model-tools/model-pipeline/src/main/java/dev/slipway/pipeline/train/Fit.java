package dev.slipway.pipeline.train;

import java.util.List;

/**
 * A trained model with how it got there.
 *
 * @param network with the weights of the best epoch
 * @param validationLoss of those weights
 * @param curve one entry per epoch; empty for a closed-form or quasi-Newton fit
 */
public record Fit(TrainedNetwork network, double validationLoss, List<Epoch> curve) {
  /** Copies. */
  public Fit {
    curve = List.copyOf(curve);
  }
}
