package dev.slipway.pipeline.train;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Fits one linear layer exactly: softmax regression for classes, ridge regression for numbers.
 * Convex, so there is nothing to seed and nothing to stop early. Thread-safe.
 */
public final class LinearTrainer {
  private static final Lbfgs SOLVER = new Lbfgs(300, 1e-5);

  /**
   * {@return the layer that minimises mean loss + l2 / 2 · ‖W‖², the bias left free}
   *
   * @param l2 above 0 keeps the weights finite when classes can be separated
   */
  public TrainedNetwork train(Examples training, double l2, ClassWeights weights) {
    int inputs = training.features().columns();
    int outputs = training.target().outputs();
    Lbfgs.Function loss =
        switch (training.target()) {
          case Target.Classes classes ->
              (point, gradient) ->
                  softmaxLoss(training.features(), classes, l2, weights, point, gradient);
          case Target.Numbers numbers ->
              (point, gradient) -> squaredLoss(training.features(), numbers, l2, point, gradient);
        };
    double[] point = SOLVER.minimise(loss, new double[outputs * (inputs + 1)]);
    return network(point, inputs, outputs);
  }

  private static TrainedNetwork network(double[] point, int inputs, int outputs) {
    float[] kernel = new float[outputs * inputs];
    float[] bias = new float[outputs];
    for (int output = 0; output < outputs; output++) {
      int offset = output * (inputs + 1);
      for (int input = 0; input < inputs; input++) {
        kernel[output * inputs + input] = (float) point[offset + input];
      }
      bias[output] = (float) point[offset + inputs];
    }
    return new TrainedNetwork(
        NetworkSpec.linear(inputs, outputs),
        List.of(new DenseWeights(outputs, inputs, kernel, bias)));
  }

  private static double softmaxLoss(
      FeatureMatrix features,
      Target.Classes classes,
      double l2,
      ClassWeights weights,
      double[] point,
      double[] gradient) {
    int inputs = features.columns();
    int outputs = classes.outputs();
    double total =
        IntStream.range(0, classes.rows()).mapToDouble(row -> weights.get(classes.get(row))).sum();
    double loss = penalty(point, gradient, inputs, outputs, l2);
    double[] scores = new double[outputs];
    for (int row = 0; row < features.rows(); row++) {
      scores(features, row, point, scores);
      double[] chances = new Scores(1, outputs, scores).softmax(0, 1);
      int label = classes.get(row);
      double weight = weights.get(label) / total;
      // 1e-300: a chance that underflowed still has a finite logarithm.
      loss -= weight * Math.log(Math.max(chances[label], 1e-300));
      for (int output = 0; output < outputs; output++) {
        double error = weight * (chances[output] - (output == label ? 1 : 0));
        addRow(features, row, error, gradient, output * (inputs + 1));
      }
    }
    return loss;
  }

  private static double squaredLoss(
      FeatureMatrix features,
      Target.Numbers numbers,
      double l2,
      double[] point,
      double[] gradient) {
    double loss = penalty(point, gradient, features.columns(), 1, l2);
    double[] score = new double[1];
    for (int row = 0; row < features.rows(); row++) {
      scores(features, row, point, score);
      double error = (score[0] - numbers.get(row)) / features.rows();
      loss += error * (score[0] - numbers.get(row)) / 2;
      addRow(features, row, error, gradient, 0);
    }
    return loss;
  }

  /** Starts the gradient with the penalty's and returns its value. */
  private static double penalty(
      double[] point, double[] gradient, int inputs, int outputs, double l2) {
    double sum = 0;
    for (int output = 0; output < outputs; output++) {
      int offset = output * (inputs + 1);
      for (int input = 0; input < inputs; input++) {
        double weight = point[offset + input];
        gradient[offset + input] = l2 * weight;
        sum += weight * weight;
      }
      gradient[offset + inputs] = 0;
    }
    return l2 * sum / 2;
  }

  private static void scores(FeatureMatrix features, int row, double[] point, double[] scores) {
    float[] values = features.shared();
    int inputs = features.columns();
    int from = row * inputs;
    for (int output = 0; output < scores.length; output++) {
      int offset = output * (inputs + 1);
      double sum = point[offset + inputs];
      for (int input = 0; input < inputs; input++) {
        sum += point[offset + input] * values[from + input];
      }
      scores[output] = sum;
    }
  }

  private static void addRow(
      FeatureMatrix features, int row, double error, double[] gradient, int offset) {
    float[] values = features.shared();
    int inputs = features.columns();
    int from = row * inputs;
    for (int input = 0; input < inputs; input++) {
      gradient[offset + input] += error * values[from + input];
    }
    gradient[offset + inputs] += error;
  }
}
