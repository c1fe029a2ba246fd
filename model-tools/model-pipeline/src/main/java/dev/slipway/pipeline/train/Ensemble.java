package dev.slipway.pipeline.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Averages networks of one shape into one network with the same answers: hidden layers stand side
 * by side (block-diagonal weights), the last layer takes the mean. Served, it is one plain
 * perceptron, which quantizes like any other.
 */
public final class Ensemble {
  private Ensemble() {}

  /**
   * {@return one network whose scores are the mean of the members' scores}
   *
   * @throws IllegalArgumentException when there is no member, or shapes differ
   */
  public static TrainedNetwork average(List<TrainedNetwork> members) {
    NetworkSpec spec = members.getFirst().spec();
    for (TrainedNetwork member : members) {
      if (!member.spec().equals(spec)) {
        throw new IllegalArgumentException("members differ: " + spec + " and " + member.spec());
      }
    }
    int count = members.size();
    int last = spec.units().size() - 1;
    List<DenseWeights> merged = new ArrayList<>();
    List<Integer> units = new ArrayList<>();
    for (int layer = 0; layer <= last; layer++) {
      DenseWeights weights = merge(members, layer, layer == 0, layer == last);
      merged.add(weights);
      units.add(weights.units());
    }
    return count == 1 ? members.getFirst() : new TrainedNetwork(spec.withUnits(units), merged);
  }

  private static DenseWeights merge(
      List<TrainedNetwork> members, int layer, boolean first, boolean last) {
    int count = members.size();
    DenseWeights shape = members.getFirst().weights().get(layer);
    int units = last ? shape.units() : shape.units() * count;
    int inputs = first ? shape.inputs() : shape.inputs() * count;
    float[] kernel = new float[units * inputs];
    float[] bias = new float[units];
    float share = last ? 1f / count : 1f;
    for (int member = 0; member < count; member++) {
      DenseWeights weights = members.get(member).weights().get(layer);
      float[] from = weights.kernel();
      float[] fromBias = weights.bias();
      int unitOffset = last ? 0 : member * shape.units();
      int inputOffset = first ? 0 : member * shape.inputs();
      for (int unit = 0; unit < shape.units(); unit++) {
        bias[unitOffset + unit] += fromBias[unit] * share;
        for (int input = 0; input < shape.inputs(); input++) {
          kernel[(unitOffset + unit) * inputs + inputOffset + input] +=
              from[unit * shape.inputs() + input] * share;
        }
      }
    }
    return new DenseWeights(units, inputs, kernel, bias);
  }
}
