package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.OnnxException;
import dev.slipway.onnx.graph.OnnxModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Finds the smallest model that is good enough. Tries static-int8 and dynamic-int8; where one is
 * not, tries it with scaled channels ({@link Improvement#scaling}), then leaves in float the layers
 * that it suffers from most ({@link Sensitivity}), the fewest that make it good enough. Tries fp16
 * always and weight-only recipes, which save bytes but no time, where no 8-bit one is good enough.
 * Calibrates on one half of the samples and judges on the other. Which model is kept depends on
 * sizes and results only, not on the clock: equal inputs give equal bytes.
 */
public final class AutoQuantizer {
  /** Fewer cannot be both calibrated and judged on. */
  public static final int LEAST_SAMPLES = 8;

  /** Each layer costs one quantization to rank; beyond this a recipe counts as it is. */
  private static final int MOST_LAYERS = 40;

  /** A model with most of its layers in float is better stored as fp16. */
  private static final double MOST_LEFT = 0.5;

  /** Enough to see which layer hurts. */
  private static final int RANKING_SAMPLES = 16;

  private static final int MOST_CALIBRATION = 512;
  private static final int MOST_VALIDATION = 4096;

  /**
   * One attempt.
   *
   * @param options what was tried; the excluded nodes are those left in float
   * @param bytes size of the model file; 0 if there is none
   * @param comparison with the float model, empty if nothing came of it
   * @param passed whether it is good enough
   * @param why what decided: the smallest, larger than another, how far below the limit, what
   *     failed
   */
  public record Trial(
      QuantizeOptions options,
      long bytes,
      Optional<Comparison> comparison,
      boolean passed,
      String why) {
    /** {@return closeness in decibel; negative infinity if nothing came of it} */
    public double decibel() {
      return comparison.map(Comparison::decibel).orElse(Double.NEGATIVE_INFINITY);
    }

    Trial because(String reason) {
      return new Trial(options, bytes, comparison, passed, reason);
    }
  }

  /**
   * The answer.
   *
   * @param chosen the smallest that passed; empty if the float model is to be kept
   * @param best how it was made, if there is one
   * @param trials everything tried, in order
   */
  public record Choice(Optional<QuantizeResult> chosen, Optional<Trial> best, List<Trial> trials) {
    /** Keeps a copy of the list. */
    public Choice {
      trials = List.copyOf(trials);
    }
  }

  private final OnnxModel model;
  private final AutoOptions options;
  private final CalibrationSet calibration;
  private final CalibrationSet validation;
  private final Optional<Labels> labels;
  private final Map<Trial, QuantizeResult> results = new LinkedHashMap<>();
  private final List<Trial> trials = new ArrayList<>();

  private AutoQuantizer(OnnxModel model, CalibrationSet samples, AutoOptions options) {
    this.model = model;
    this.options = options;
    this.calibration = first(MOST_CALIBRATION, samples.part(AutoQuantizer::isForCalibration));
    IntPredicate judged = place -> !isForCalibration(place);
    this.validation = first(MOST_VALIDATION, samples.part(judged));
    this.labels = options.labels().map(all -> partOf(all, judged, samples.samples()));
  }

  /** Labels may be several to a sample, where the model takes several rows at a time. */
  private static Labels partOf(Labels all, IntPredicate judged, int samples) {
    int rows = Math.max(1, all.values().size() / samples);
    if (all.values().size() != rows * samples) {
      throw new QuantizeException(
          QuantizeException.Code.LABELS_MISMATCH,
          "there are %d labels for %d samples; give one for each"
              .formatted(all.values().size(), samples));
    }
    return all.part(place -> judged.test(place / rows));
  }

  private static CalibrationSet first(int most, CalibrationSet set) {
    return set.samples() <= most ? set : set.part(place -> place < most);
  }

  /** One of each pair, by a hash, so that no order in the data puts one class on one side. */
  private static boolean isForCalibration(int place) {
    long mixed = (place / 2 + 1) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    return place % 2 == mixed >>> 63;
  }

  /**
   * {@return the smallest quantized model that is good enough, with all that was tried}
   *
   * @param samples real inputs, at least {@value #LEAST_SAMPLES}
   * @throws QuantizeException if there are too few samples, or they or the labels do not fit
   */
  public static Choice quantize(OnnxModel model, CalibrationSet samples, AutoOptions options) {
    if (samples.samples() < LEAST_SAMPLES) {
      throw new QuantizeException(
          QuantizeException.Code.CALIBRATION_TOO_FEW,
          "auto calibrates on one half of the samples and judges on the other; expected at least"
              + " %d samples (better 100), found %d".formatted(LEAST_SAMPLES, samples.samples()));
    }
    return new AutoQuantizer(model, samples, options).search();
  }

  private Choice search() {
    recipe(asked(Recipe.STATIC_INT8));
    if (trials.stream().anyMatch(Trial::passed) && hasConvolutions()) {
      trials.add(
          untried(
              Recipe.DYNAMIC_INT8,
              "not tried: it computes convolutions in float; static-int8 is good enough, and"
                  + " faster"));
    } else {
      recipe(asked(Recipe.DYNAMIC_INT8));
    }
    boolean eightBits = trials.stream().anyMatch(Trial::passed);
    recipe(asked(Recipe.FP16));
    for (Recipe recipe : List.of(Recipe.WEIGHT_INT8, Recipe.WEIGHT_INT4)) {
      if (eightBits) {
        trials.add(untried(recipe, "not tried: an 8-bit recipe is good enough, and faster"));
      } else {
        recipe(asked(recipe));
      }
    }
    Optional<Trial> best =
        results.keySet().stream().filter(Trial::passed).min(Comparator.comparingLong(Trial::bytes));
    List<Trial> told = new ArrayList<>();
    for (Trial trial : trials) {
      told.add(
          trial.passed() && best.isPresent() ? trial.because(verdict(trial, best.get())) : trial);
    }
    return new Choice(best.map(results::get), best, told);
  }

  private boolean hasConvolutions() {
    return model.nodes().stream().anyMatch(node -> node.is("Conv"));
  }

  private static String verdict(Trial trial, Trial best) {
    return trial.equals(best)
        ? "kept: the smallest that is good enough"
        : "good enough, but %.1f %% larger than what is kept"
            .formatted(100.0 * (trial.bytes() - best.bytes()) / best.bytes());
  }

  private QuantizeOptions asked(Recipe recipe) {
    return new QuantizeOptions(recipe, options.target(), options.excluded());
  }

  private Trial untried(Recipe recipe, String why) {
    return new Trial(asked(recipe), 0, Optional.empty(), false, why);
  }

  private void recipe(QuantizeOptions asked) {
    options.progress().accept("trying " + asked.recipe().word());
    QuantizeResult result;
    Trial whole;
    try {
      result = Quantizer.quantize(model, asked, calibration);
      if (result.quantizedLayers() == 0) {
        trials.add(untried(asked.recipe(), "it applies to no layer" + reasons(result)));
        return;
      }
      whole = record(asked, result);
    } catch (OnnxException failure) {
      trials.add(untried(asked.recipe(), "it failed: " + failure.getMessage()));
      return;
    } catch (QuantizeException failure) {
      if (trials.isEmpty() || failure.code() == QuantizeException.Code.LABELS_MISMATCH) {
        throw failure;
      }
      trials.add(untried(asked.recipe(), "it failed: " + failure.getMessage()));
      return;
    }
    boolean eightBits =
        asked.recipe() == Recipe.STATIC_INT8 || asked.recipe() == Recipe.DYNAMIC_INT8;
    if (!whole.passed() && eightBits) {
      Trial better = scaled(asked, whole);
      if (!better.passed() && result.quantizedLayers() <= MOST_LAYERS) {
        mixed(better.options());
      }
    }
  }

  /** {@return the trial with scaled channels if that is closer, else the one without} */
  private Trial scaled(QuantizeOptions asked, Trial whole) {
    QuantizeOptions more = asked.alsoImproving(Improvement.scaling());
    options.progress().accept(asked.recipe().word() + " with scaled channels");
    QuantizeResult result = Quantizer.quantize(model, more, calibration);
    if (result.model().equals(Objects.requireNonNull(results.get(whole)).model())) {
      return whole;
    }
    Trial trial = record(more, result);
    return trial.passed() || trial.decibel() > whole.decibel() ? trial : whole;
  }

  private static String reasons(QuantizeResult result) {
    return result.layers().stream().findFirst().map(layer -> ": " + layer.why()).orElse("");
  }

  /**
   * Leaves the most sensitive layers in float, the fewest that make the model good enough: twice as
   * many until it is, then by halves between the last two.
   */
  private void mixed(QuantizeOptions asked) {
    String word = asked.recipe().word();
    List<String> ranking =
        Sensitivity.of(
                model,
                asked,
                first(RANKING_SAMPLES, calibration),
                layer -> options.progress().accept("%s: what %s costs".formatted(word, layer)))
            .stream()
            .map(Sensitivity.Cost::layer)
            .toList();
    int most = (int) (ranking.size() * MOST_LEFT);
    FewestSearch.until(most, left -> leaving(left, ranking, asked));
  }

  private boolean leaving(int left, List<String> ranking, QuantizeOptions asked) {
    options.progress().accept("%s with %d layers in float".formatted(asked.recipe().word(), left));
    Set<String> excluded = new HashSet<>(asked.excluded());
    excluded.addAll(ranking.subList(0, left));
    QuantizeOptions fewer = asked.excluding(excluded);
    return record(fewer, Quantizer.quantize(model, fewer, calibration)).passed();
  }

  private Trial record(QuantizeOptions asked, QuantizeResult result) {
    Comparison comparison = Comparison.of(model, result.model(), validation, labels);
    Optional<Double> drop = comparison.drop();
    boolean passed =
        drop.map(points -> points <= options.maxDrop() + 1e-9)
            .orElse(comparison.decibel() >= options.leastDecibel());
    String why =
        passed
            ? "good enough"
            : drop.map(points ->
                    String.format(
                        Locale.ROOT,
                        "%s worse by %.4f, allowed is %.4f",
                        comparison.exactMeasure().map(Comparison.Measure::name).orElse(""),
                        points,
                        options.maxDrop()))
                .orElseGet(() ->
                    String.format(
                        Locale.ROOT,
                        "%.1f dB, needed are %.1f",
                        comparison.decibel(),
                        options.leastDecibel()));
    Trial trial =
        new Trial(asked, result.model().toBytes().length, Optional.of(comparison), passed, why);
    trials.add(trial);
    results.put(trial, result);
    return trial;
  }
}
