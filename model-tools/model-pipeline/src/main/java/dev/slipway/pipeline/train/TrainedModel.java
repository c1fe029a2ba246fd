package dev.slipway.pipeline.train;

import java.util.List;

/**
 * The best network of a search.
 *
 * @param family {@code linear} or {@code mlp}
 * @param network the network that is exported
 * @param trials everything that was tried, in order
 * @param curve epochs of the best network; empty for a linear one
 * @param device where it was trained
 */
public record TrainedModel(
    String family, TrainedNetwork network, List<Trial> trials, List<Epoch> curve, String device) {
  /** Keeps copies of the lists. */
  public TrainedModel {
    trials = List.copyOf(trials);
    curve = List.copyOf(curve);
  }
}
