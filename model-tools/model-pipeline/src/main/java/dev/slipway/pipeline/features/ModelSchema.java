package dev.slipway.pipeline.features;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.dataset.DataSettings.NumberRange;
import dev.slipway.dataset.DataSettings.Privacy;
import dev.slipway.dataset.Dataset;
import dev.slipway.dataset.DatasetColumn;
import dev.slipway.dataset.DatasetTarget;
import java.util.List;
import java.util.Optional;

/**
 * What a trained tabular model takes and says; travels from training to packaging as {@code
 * schema.json}.
 *
 * @param target name of the column it predicts
 * @param numbers numeric features, in the order of the tensor {@code features}
 * @param categories category features, one string tensor each
 * @param labels the classes in the order of the probabilities; empty: it predicts a number
 */
public record ModelSchema(
    String target,
    List<NumberFeature> numbers,
    List<CategoryFeature> categories,
    List<String> labels) {
  /** Keeps copies of the lists. */
  public ModelSchema {
    numbers = List.copyOf(numbers);
    categories = List.copyOf(categories);
    labels = List.copyOf(labels);
  }

  /**
   * A numeric feature.
   *
   * @param required whether every row had a value, so that a request must give one
   * @param minimum smallest value that {@code model.yaml} allows
   * @param maximum largest value that {@code model.yaml} allows
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record NumberFeature(
      String name, boolean required, Optional<Double> minimum, Optional<Double> maximum) {}

  /**
   * A category feature.
   *
   * @param words the words it was seen with, sorted
   * @param hashed whether the words are hashes of personal values
   */
  public record CategoryFeature(String name, boolean required, List<String> words, boolean hashed) {
    /** Keeps a copy of the list. */
    public CategoryFeature {
      words = List.copyOf(words);
    }
  }

  /** {@return the schema of a dataset} */
  public static ModelSchema of(Dataset dataset, String target) {
    return new ModelSchema(
        target,
        dataset.numbers().stream().map(ModelSchema::number).toList(),
        dataset.categories().stream().map(ModelSchema::category).toList(),
        dataset.target() instanceof DatasetTarget.Labels labels ? labels.classes() : List.of());
  }

  private static NumberFeature number(DatasetColumn column) {
    return new NumberFeature(
        column.name(),
        column.missing() == 0,
        column.range().map(NumberRange::minimum),
        column.range().map(NumberRange::maximum));
  }

  private static CategoryFeature category(DatasetColumn column) {
    return new CategoryFeature(
        column.name(),
        column.missing() == 0,
        column.categories(),
        column.privacy() == Privacy.HASH);
  }

  /** {@return the name of the tensor of each category feature, in their order} */
  public List<String> categoryTensors() {
    return TensorNames.of(categories.stream().map(CategoryFeature::name).toList());
  }

  /** {@return whether it names classes} */
  public boolean classifies() {
    return !labels.isEmpty();
  }
}
