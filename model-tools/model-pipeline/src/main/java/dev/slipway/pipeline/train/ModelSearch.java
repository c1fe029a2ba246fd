package dev.slipway.pipeline.train;

import dev.slipway.pipeline.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Tries linear models and perceptrons and keeps what is best on the validation rows. The perceptron
 * that wins is trained again from other starting weights, and the mean of those networks is kept:
 * it is steadier than any one of them.
 */
public final class ModelSearch {
  private static final List<Double> LINEAR_L2 = List.of(1e-1, 1e-2, 1e-3, 1e-4);
  private static final List<List<Integer>> HIDDEN =
      List.of(List.of(32), List.of(64), List.of(128), List.of(64, 32));
  private static final List<Double> RATES = List.of(1e-3, 3e-3, 1e-2);
  private static final List<Double> DECAYS = List.of(1e-5, 1e-4, 1e-3);
  private static final List<Double> DROPOUTS = List.of(0.0, 0.1, 0.2);
  private static final int MEMBERS = 3;

  private final Settings settings;
  private final Supplier<TorchEngine> engine;
  private final Seeds seeds;
  private final List<Trial> trials = new ArrayList<>();

  /**
   * What is searched.
   *
   * @param linear whether linear models are tried
   * @param perceptron whether perceptrons are tried
   * @param trials how many perceptrons, at least 1
   * @param maximumEpochs most passes over the rows to learn from
   * @param patience passes without a better validation loss before one ends
   * @param weighClasses whether rare classes count more
   */
  public record Settings(
      boolean linear,
      boolean perceptron,
      int trials,
      int maximumEpochs,
      int patience,
      boolean weighClasses) {}

  /**
   * Prepares a search.
   *
   * @param engine gives PyTorch when the first perceptron is trained: starting it takes seconds
   */
  public ModelSearch(Settings settings, Supplier<TorchEngine> engine, long seed) {
    this.settings = settings;
    this.engine = engine;
    this.seeds = new Seeds(seed);
  }

  /** {@return the best model} */
  public TrainedModel run(Examples training, Examples validation, Progress progress) {
    ClassWeights weights = weights(training.target());
    Optional<Candidate> best = Optional.empty();
    if (settings.linear()) {
      best = linear(training, validation, weights, progress);
    }
    if (settings.perceptron()) {
      best = better(best, perceptrons(training, validation, weights, progress));
    }
    progress.report(100, "best: " + best.orElseThrow().trial().settings());
    return best.orElseThrow().finish(trials);
  }

  private ClassWeights weights(Target target) {
    return settings.weighClasses() && target instanceof Target.Classes classes
        ? ClassWeights.forCounts(classes.counts())
        : ClassWeights.equal(target.outputs());
  }

  private record Candidate(Trial trial, TrainedNetwork network, List<Epoch> curve, String device) {
    TrainedModel finish(List<Trial> trials) {
      return new TrainedModel(trial.family(), network, trials, curve, device);
    }
  }

  private static Optional<Candidate> better(Optional<Candidate> one, Optional<Candidate> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return other.get().trial().validationLoss() < one.get().trial().validationLoss() ? other : one;
  }

  private Optional<Candidate> linear(
      Examples training, Examples validation, ClassWeights weights, Progress progress) {
    Optional<Candidate> best = Optional.empty();
    for (double l2 : LINEAR_L2) {
      TrainedNetwork network = new LinearTrainer().train(training, l2, weights);
      double loss = ValidationLoss.of(network, validation);
      Trial trial = new Trial("linear", "linear, l2 " + l2, loss);
      tried(trial, progress, 0, 20);
      best = better(best, Optional.of(new Candidate(trial, network, List.of(), "cpu")));
    }
    return best;
  }

  private Optional<Candidate> perceptrons(
      Examples training, Examples validation, ClassWeights weights, Progress progress) {
    TorchEngine torch = engine.get();
    progress.report(20, "training on " + torch.describe());
    NetworkTrainer trainer = new NetworkTrainer(torch);
    RandomGenerator random = seeds.generator("search");
    Optional<HyperParameters> best = Optional.empty();
    double lowest = Double.POSITIVE_INFINITY;
    for (int number = 1; number <= settings.trials(); number++) {
      HyperParameters chosen = draw(random, training.rows(), number);
      Fit fit = trainer.train(training, validation, chosen, weights, seed("trial " + number));
      double loss = ValidationLoss.of(fit.network(), validation);
      tried(
          new Trial("mlp", chosen.describe(), loss),
          progress,
          20 + 60 * (number - 1) / settings.trials(),
          20 + 60 * number / settings.trials());
      if (loss < lowest) {
        lowest = loss;
        best = Optional.of(chosen);
      }
    }
    return best.map(chosen -> ensemble(trainer, chosen, training, validation, weights, progress));
  }

  private Candidate ensemble(
      NetworkTrainer trainer,
      HyperParameters chosen,
      Examples training,
      Examples validation,
      ClassWeights weights,
      Progress progress) {
    List<TrainedNetwork> members = new ArrayList<>();
    List<Epoch> curve = List.of();
    for (int member = 1; member <= MEMBERS; member++) {
      Fit fit = trainer.train(training, validation, chosen, weights, seed("member " + member));
      members.add(fit.network());
      curve = fit.curve();
      progress.report(80 + 20 * member / MEMBERS, "network %d of %d".formatted(member, MEMBERS));
    }
    TrainedNetwork network = Ensemble.average(members);
    Trial trial =
        new Trial(
            "mlp",
            "mean of %d, %s".formatted(MEMBERS, chosen.describe()),
            ValidationLoss.of(network, validation));
    trials.add(trial);
    return new Candidate(trial, network, curve, engine.get().describe());
  }

  private void tried(Trial trial, Progress progress, int from, int to) {
    trials.add(trial);
    progress.report(
        Math.max(from, to),
        String.format(Locale.ROOT, "%s: loss %.4f", trial.settings(), trial.validationLoss()));
  }

  /** The first trial is a sound default; the others are drawn. */
  private HyperParameters draw(RandomGenerator random, int rows, int number) {
    int batch = rows < 2000 ? 32 : 128;
    if (number == 1) {
      return new HyperParameters(
          List.of(64), 3e-3, 1e-4, 0.1, batch, settings.maximumEpochs(), settings.patience());
    }
    return new HyperParameters(
        pick(HIDDEN, random),
        pick(RATES, random),
        pick(DECAYS, random),
        pick(DROPOUTS, random),
        batch,
        settings.maximumEpochs(),
        settings.patience());
  }

  private static <T> T pick(List<T> choices, RandomGenerator random) {
    return choices.get(random.nextInt(choices.size()));
  }

  private Seeds seed(String purpose) {
    return new Seeds(seeds.derive(purpose));
  }
}
