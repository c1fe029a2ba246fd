package dev.slipway.pipeline.train;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Trains one network with Adam, a cosine learning rate, weight decay, dropout and early stopping.
 * The same seed gives the same weights on the same machine. Not thread-safe: dropout draws from
 * PyTorch's one generator.
 */
public final class NetworkTrainer {
  /** Of the first learning rate; the cosine ends there. */
  private static final double FINAL_RATE = 0.01;

  private final TorchEngine engine;

  /** Trains on the engine's device. */
  public NetworkTrainer(TorchEngine engine) {
    this.engine = engine;
  }

  /**
   * {@return a network trained on the examples, with the weights that were best on the validation
   * examples}
   */
  public Fit train(
      Examples training,
      Examples validation,
      HyperParameters settings,
      ClassWeights weights,
      Seeds seeds) {
    NetworkSpec spec =
        NetworkSpec.perceptron(
            training.features().columns(),
            settings.hiddenUnits(),
            settings.dropout(),
            training.target().outputs());
    engine.seed(seeds.derive("dropout"));
    try (Model model = Model.newInstance("network", engine.device(), engine.name())) {
      model.setBlock(DjlBlocks.build(spec));
      try (Trainer trainer = model.newTrainer(configuration(training, settings, seeds))) {
        trainer.initialize(new Shape(1, spec.inputs()));
        Objective objective = Objective.of(training.target(), weights);
        return run(trainer, spec, training, validation, settings, objective, seeds);
      }
    }
  }

  private DefaultTrainingConfig configuration(
      Examples training, HyperParameters settings, Seeds seeds) {
    int steps = settings.maximumEpochs() * Math.ceilDiv(training.rows(), settings.batchSize());
    Tracker rate =
        Tracker.cosine()
            .setBaseValue((float) settings.learningRate())
            .optFinalValue((float) (settings.learningRate() * FINAL_RATE))
            .setMaxUpdates(Math.max(2, steps))
            .build();
    // The configured loss is not used: ours carries class weights.
    return new DefaultTrainingConfig(Loss.l2Loss())
        .optDevices(new Device[] {engine.device()})
        .optInitializer(DjlBlocks.heUniform(seeds.generator("weights")), Parameter.Type.WEIGHT)
        .optOptimizer(
            Optimizer.adam()
                .optLearningRateTracker(rate)
                .optWeightDecays((float) settings.l2())
                .build());
  }

  private static Fit run(
      Trainer trainer,
      NetworkSpec spec,
      Examples training,
      Examples validation,
      HyperParameters settings,
      Objective objective,
      Seeds seeds) {
    RandomGenerator order = seeds.generator("order");
    List<Epoch> curve = new ArrayList<>();
    List<DenseWeights> best = DjlBlocks.weights(trainer.getModel().getBlock());
    double bestLoss = Double.POSITIVE_INFINITY;
    int bestEpoch = 0;
    for (int epoch = 1; epoch <= settings.maximumEpochs(); epoch++) {
      double trainingLoss =
          epoch(
              trainer,
              training,
              objective,
              settings.batchSize(),
              Seeds.shuffled(training.rows(), order));
      double validationLoss = validate(trainer, validation, objective);
      curve.add(new Epoch(epoch, trainingLoss, validationLoss));
      if (validationLoss < bestLoss) {
        bestLoss = validationLoss;
        bestEpoch = epoch;
        best = DjlBlocks.weights(trainer.getModel().getBlock());
      } else if (epoch - bestEpoch >= settings.patience() || !Double.isFinite(validationLoss)) {
        break;
      }
    }
    return new Fit(new TrainedNetwork(spec, best), bestLoss, curve);
  }

  private static double epoch(
      Trainer trainer, Examples training, Objective objective, int batchSize, int[] order) {
    double sum = 0;
    for (int start = 0; start < order.length; start += batchSize) {
      int[] rows = Arrays.copyOfRange(order, start, Math.min(order.length, start + batchSize));
      sum += step(trainer, training, objective, rows) * rows.length;
    }
    return sum / order.length;
  }

  private static double step(Trainer trainer, Examples training, Objective objective, int[] rows) {
    try (NDManager scope = trainer.getManager().newSubManager();
        GradientCollector gradients = trainer.newGradientCollector()) {
      NDArray features = features(scope, training.features().select(rows));
      NDArray outputs = trainer.forward(new NDList(features)).singletonOrThrow();
      NDArray loss = objective.loss(outputs, targets(scope, training.target(), objective, rows));
      gradients.backward(loss);
      trainer.step();
      return loss.getFloat();
    }
  }

  private static double validate(Trainer trainer, Examples validation, Objective objective) {
    int[] rows = IntStream.range(0, validation.rows()).toArray();
    try (NDManager scope = trainer.getManager().newSubManager()) {
      NDArray features = features(scope, validation.features());
      NDArray outputs = trainer.evaluate(new NDList(features)).singletonOrThrow();
      return objective
          .loss(outputs, targets(scope, validation.target(), objective, rows))
          .getFloat();
    }
  }

  private static NDArray features(NDManager scope, FeatureMatrix features) {
    return scope.create(features.shared(), new Shape(features.rows(), features.columns()));
  }

  private static NDArray targets(NDManager scope, Target target, Objective objective, int[] rows) {
    return scope.create(objective.encode(target, rows), new Shape(rows.length, target.outputs()));
  }
}
