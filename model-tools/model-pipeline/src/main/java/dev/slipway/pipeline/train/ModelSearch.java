package dev.slipway.pipeline.train;

import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.pipeline.Progress;
import dev.slipway.spec.SearchMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tries linear models and perceptrons and keeps what is best on the validation rows. The way that
 * wins is trained again on training and validation rows together; of a perceptron several, each on
 * other rows and from other weights, and their mean is kept: it is steadier than any one of them.
 */
public final class ModelSearch {
  private static final List<Double> LINEAR_L2 = List.of(1e-1, 1e-2, 1e-3, 1e-4);
  private static final List<List<Integer>> HIDDEN =
      List.of(List.of(32), List.of(64), List.of(128), List.of(64, 32));
  private static final List<Double> RATES = List.of(1e-3, 3e-3, 1e-2);
  private static final List<Double> DECAYS = List.of(1e-5, 1e-4, 1e-3);
  private static final List<Double> DROPOUTS = List.of(0.0, 0.1, 0.2);
  private static final List<Integer> SIZES =
      List.of(HIDDEN.size(), RATES.size(), DECAYS.size(), DROPOUTS.size());

  /** A sound default: 64 units, rate 3e-3, weight decay 1e-4, dropout 0.1. */
  private static final List<Integer> USUAL = List.of(1, 1, 1, 1);

  private static final int MEMBERS = 4;

  /** With more rows one network is steady enough, and each one takes long. */
  private static final int MOST_ROWS_FOR_AN_ENSEMBLE = 50_000;

  /** A network must beat the linear model by this part of its loss: the simpler one wins ties. */
  private static final double WORTH_A_NETWORK = 0.98;

  /**
   * And by this many standard errors of the difference, row by row: of twenty networks measured on
   * few rows one looks good by chance (the one-standard-error rule of Breiman et al.,
   * Classification and Regression Trees, 1984).
   */
  private static final double CLEARLY_BETTER = 1;

  private static final int LINEAR_PERCENT = 10;
  private static final int TRIALS_PERCENT = 60;

  private final Settings settings;
  private final Supplier<TorchEngine> engine;
  private final Seeds seeds;
  private final List<Trial> trials = new ArrayList<>();

  /**
   * What is searched.
   *
   * @param linear whether linear models are tried
   * @param perceptron whether perceptrons are tried
   * @param method which perceptron is tried next; of linear models all four are
   * @param trials how many perceptrons, at least 1; a grid may hold fewer
   * @param maximumEpochs most passes over the rows to learn from
   * @param patience passes without a better validation loss before one ends
   * @param weighClasses whether rare classes count more
   */
  public record Settings(
      boolean linear,
      boolean perceptron,
      SearchMethod method,
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

  /** {@return the best model, trained on the rows to learn from and those to choose by} */
  public TrainedModel run(Examples training, Examples validation, Progress progress) {
    ClassWeights weights = weights(training.target());
    Optional<Candidate> best = Optional.empty();
    if (settings.linear()) {
      best = linear(training, validation, weights, progress);
    }
    if (settings.perceptron()) {
      Candidate network = perceptrons(training, validation, weights, progress);
      best =
          best.filter(linear -> !isWorthIt(linear, network, validation))
              .or(() -> Optional.of(network));
    }
    Candidate chosen = best.orElseThrow();
    if (!Double.isFinite(chosen.trial().validationLoss())) {
      throw new PipelineRefusal(
          "TRAINING_DIVERGED",
          "no trial has a finite loss on the rows to choose by; check the columns for extreme values");
    }
    TrainedModel model = finish(chosen, training.append(validation), weights, progress);
    progress.report(100, "best: " + chosen.trial().settings());
    return model;
  }

  private ClassWeights weights(Target target) {
    return settings.weighClasses() && target instanceof Target.Classes classes
        ? ClassWeights.forCounts(classes.counts())
        : ClassWeights.equal(target.outputs());
  }

  /** What a trial gave, with all that is needed to train it again on more rows. */
  private record Candidate(Trial trial, Way way, TrainedNetwork network, List<Epoch> curve) {}

  /** How a model is trained. */
  private sealed interface Way {
    record Linear(double l2) implements Way {}

    record Perceptron(HyperParameters settings) implements Way {}
  }

  private Optional<Candidate> linear(
      Examples training, Examples validation, ClassWeights weights, Progress progress) {
    Optional<Candidate> best = Optional.empty();
    for (double l2 : LINEAR_L2) {
      TrainedNetwork network = new LinearTrainer().train(training, l2, weights);
      Trial trial = new Trial("linear", "linear, l2 " + l2, ValidationLoss.of(network, validation));
      tried(trial, progress, LINEAR_PERCENT);
      best = better(best, new Candidate(trial, new Way.Linear(l2), network, List.of()));
    }
    return best;
  }

  private Candidate perceptrons(
      Examples training, Examples validation, ClassWeights weights, Progress progress) {
    TorchEngine torch = engine.get();
    progress.report(LINEAR_PERCENT, "training on " + torch.describe());
    NetworkTrainer trainer = new NetworkTrainer(torch);
    SearchOrder order = new SearchOrder(settings.method(), SIZES, USUAL, seeds.generator("search"));
    List<SearchOrder.Tried> tried = new ArrayList<>();
    Optional<Candidate> best = Optional.empty();
    for (int number = 1; number <= settings.trials(); number++) {
      Optional<List<Integer>> choices = order.next(tried);
      if (choices.isEmpty()) {
        break;
      }
      HyperParameters chosen = parameters(choices.get(), training.rows());
      Fit fit = trainer.train(training, validation, chosen, weights, seed("trial " + number));
      Trial trial =
          new Trial("mlp", chosen.describe(), ValidationLoss.of(fit.network(), validation));
      tried.add(new SearchOrder.Tried(choices.get(), trial.validationLoss()));
      int share = (TRIALS_PERCENT - LINEAR_PERCENT) * number / settings.trials();
      tried(trial, progress, LINEAR_PERCENT + share);
      best =
          better(
              best, new Candidate(trial, new Way.Perceptron(chosen), fit.network(), fit.curve()));
    }
    return best.orElseThrow();
  }

  private static Optional<Candidate> better(Optional<Candidate> best, Candidate other) {
    boolean wins =
        best.isEmpty() || other.trial().validationLoss() < best.get().trial().validationLoss();
    return wins ? Optional.of(other) : best;
  }

  /** Written so that a loss that is not a number wins nothing, and loses to one that is. */
  private static boolean isWorthIt(Candidate linear, Candidate network, Examples validation) {
    double simple = linear.trial().validationLoss();
    double other = network.trial().validationLoss();
    if (!Double.isFinite(simple)) {
      return Double.isFinite(other);
    }
    return other < simple * WORTH_A_NETWORK
        && ValidationLoss.standardErrorsGained(linear.network(), network.network(), validation)
            > CLEARLY_BETTER;
  }

  private TrainedModel finish(
      Candidate chosen, Examples all, ClassWeights weights, Progress progress) {
    return switch (chosen.way()) {
      case Way.Linear(double l2) ->
          new TrainedModel(
              "linear", new LinearTrainer().train(all, l2, weights), trials, List.of(), "cpu");
      case Way.Perceptron(HyperParameters how) ->
          new TrainedModel(
              "mlp",
              members(all.rows()) == 1 ? chosen.network() : ensemble(how, all, weights, progress),
              trials,
              chosen.curve(),
              engine.get().describe());
    };
  }

  /** Each member stops early on another part of the rows, and learns from all the others. */
  private TrainedNetwork ensemble(
      HyperParameters how, Examples all, ClassWeights weights, Progress progress) {
    NetworkTrainer trainer = new NetworkTrainer(engine.get());
    int count = members(all.rows());
    int[] folds = Folds.assign(all.target(), count, seeds);
    List<TrainedNetwork> members = new ArrayList<>();
    for (int member = 1; member <= count; member++) {
      Examples learning = all.select(Folds.rows(folds, member - 1, false));
      Examples held = all.select(Folds.rows(folds, member - 1, true));
      members.add(trainer.train(learning, held, how, weights, seed("member " + member)).network());
      progress.report(
          TRIALS_PERCENT + (100 - TRIALS_PERCENT) * member / count,
          "network %d of %d".formatted(member, count));
    }
    return Ensemble.average(members);
  }

  private static int members(int rows) {
    return rows <= MOST_ROWS_FOR_AN_ENSEMBLE ? MEMBERS : 1;
  }

  private void tried(Trial trial, Progress progress, int percent) {
    trials.add(trial);
    progress.report(
        percent,
        String.format(Locale.ROOT, "%s: loss %.4f", trial.settings(), trial.validationLoss()));
  }

  private HyperParameters parameters(List<Integer> choices, int rows) {
    return new HyperParameters(
        HIDDEN.get(choices.get(0)),
        RATES.get(choices.get(1)),
        DECAYS.get(choices.get(2)),
        DROPOUTS.get(choices.get(3)),
        rows < 2000 ? 32 : 128,
        settings.maximumEpochs(),
        settings.patience());
  }

  private Seeds seed(String purpose) {
    return new Seeds(seeds.derive(purpose));
  }
}
