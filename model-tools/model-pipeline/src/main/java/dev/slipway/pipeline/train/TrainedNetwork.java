package dev.slipway.pipeline.train;

import java.util.ArrayList;
import java.util.List;

/**
 * A network and its weights.
 *
 * @param spec the layers
 * @param weights one entry per linear layer, in order
 */
public record TrainedNetwork(NetworkSpec spec, List<DenseWeights> weights) {
  /** Refuses weights that do not fit the layers. */
  public TrainedNetwork {
    weights = List.copyOf(weights);
    List<Integer> units = spec.units();
    if (units.size() != weights.size()) {
      throw new IllegalArgumentException(
          "%d linear layers but %d weights".formatted(units.size(), weights.size()));
    }
    int inputs = spec.inputs();
    for (int index = 0; index < units.size(); index++) {
      DenseWeights layer = weights.get(index);
      if (layer.inputs() != inputs || layer.units() != units.get(index)) {
        throw new IllegalArgumentException(
            "linear layer %d is %d x %d, its weights are %s"
                .formatted(index, units.get(index), inputs, layer));
      }
      inputs = layer.units();
    }
  }

  /**
   * {@return the network's scores, computed in double, without dropout: the reference that the
   * export is held against}
   */
  public Scores score(FeatureMatrix features) {
    int outputs = spec.outputs();
    double[] scores = new double[features.rows() * outputs];
    for (int row = 0; row < features.rows(); row++) {
      double[] result = scoreRow(features, row);
      System.arraycopy(result, 0, scores, row * outputs, outputs);
    }
    return new Scores(features.rows(), outputs, scores);
  }

  private double[] scoreRow(FeatureMatrix features, int row) {
    double[] current = new double[features.columns()];
    for (int column = 0; column < current.length; column++) {
      current[column] = features.get(row, column);
    }
    int next = 0;
    for (NetworkSpec.Layer layer : spec.layers()) {
      current =
          switch (layer) {
            case NetworkSpec.Layer.Linear linear -> {
              double[] output = new double[linear.units()];
              weights.get(next++).apply(current, output);
              yield output;
            }
            case NetworkSpec.Layer.Relu _ -> relu(current);
            case NetworkSpec.Layer.Dropout _ -> current;
          };
    }
    return current;
  }

  private static double[] relu(double[] values) {
    for (int index = 0; index < values.length; index++) {
      values[index] = Math.max(0, values[index]);
    }
    return values;
  }

  /** {@return this network with its scores divided by the temperature} */
  public TrainedNetwork withTemperature(double temperature) {
    List<DenseWeights> changed = new ArrayList<>(weights);
    changed.set(changed.size() - 1, weights.getLast().scaled((float) (1 / temperature)));
    return new TrainedNetwork(spec, changed);
  }

  /** {@return how many trained numbers there are} */
  public long parameters() {
    return weights.stream().mapToLong(w -> (long) w.units() * w.inputs() + w.units()).sum();
  }
}
