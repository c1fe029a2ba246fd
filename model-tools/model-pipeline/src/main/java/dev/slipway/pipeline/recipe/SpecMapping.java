package dev.slipway.pipeline.recipe;

import dev.slipway.dataset.DataSettings;
import dev.slipway.dataset.DataSettings.ColumnSetting;
import dev.slipway.dataset.DataSettings.Declared;
import dev.slipway.dataset.DataSettings.NumberRange;
import dev.slipway.dataset.DataSettings.Privacy;
import dev.slipway.dataset.Split;
import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.pipeline.train.ModelSearch;
import dev.slipway.spec.ClassWeights;
import dev.slipway.spec.ColumnRole;
import dev.slipway.spec.ColumnSpec;
import dev.slipway.spec.ColumnType;
import dev.slipway.spec.ModelSpec;
import dev.slipway.spec.Pii;
import dev.slipway.spec.SplitSpec;
import dev.slipway.spec.TrainerKind;
import dev.slipway.spec.TrainingSpec;
import java.util.HashMap;
import java.util.Map;

/** Says in the words of dataset and training what a {@code model.yaml} says. */
final class SpecMapping {
  private SpecMapping() {}

  static DataSettings data(ModelSpec spec, String hashKey) {
    Map<String, ColumnSetting> columns = new HashMap<>();
    spec.data().columns().forEach((name, column) -> columns.put(name, column(column)));
    String target =
        spec.data()
            .target()
            .orElseThrow(() ->
                new PipelineRefusal(
                    "SPEC_TARGET_MISSING", "model.yaml names no data.target; add it"));
    return new DataSettings(spec.task().isClassification(), target, columns, hashKey);
  }

  private static ColumnSetting column(ColumnSpec column) {
    return new ColumnSetting(
        column.type().map(SpecMapping::declared),
        column.role().map(role -> role == ColumnRole.IGNORE),
        privacy(column.pii()),
        column.range().map(range -> new NumberRange(range.minimum(), range.maximum())));
  }

  private static Declared declared(ColumnType type) {
    return switch (type) {
      case NUMBER -> Declared.NUMBER;
      case INTEGER -> Declared.INTEGER;
      case BOOLEAN, CATEGORY -> Declared.CATEGORY;
      case TEXT, DATE -> Declared.OTHER;
    };
  }

  private static Privacy privacy(Pii pii) {
    return switch (pii) {
      case NONE -> Privacy.NONE;
      case DROP -> Privacy.DROP;
      case HASH -> Privacy.HASH;
      case MASK -> Privacy.MASK;
    };
  }

  static Split.Shares shares(SplitSpec split) {
    return new Split.Shares(split.train(), split.validation(), split.test(), split.stratify());
  }

  static ModelSearch.Settings search(TrainingSpec training) {
    TrainerKind trainer = training.trainer();
    boolean linear = trainer == TrainerKind.AUTO || trainer == TrainerKind.LINEAR;
    boolean perceptron = trainer == TrainerKind.AUTO || trainer == TrainerKind.MLP;
    if (!linear && !perceptron) {
      throw new PipelineRefusal(
          "TRAINER_UNSUPPORTED",
          "training.trainer is %s; expected auto, linear or mlp (or onnx, with a finished model)"
              .formatted(trainer.word()));
    }
    return new ModelSearch.Settings(
        linear,
        perceptron,
        training.search().trials(),
        training.maxEpochs(),
        training.patience(),
        training.classWeights() == ClassWeights.BALANCED);
  }
}
